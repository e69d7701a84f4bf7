/** The value that proves a request comes from this site's own page; made here when the server has set none. */
export function xsrf(base) {
  const kept = document.cookie.match(/\b_xsrf=([^;]*)/);
  if (kept) return kept[1];
  const made = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  document.cookie = `_xsrf=${made}; path=${base}; SameSite=Strict`;
  return made;
}
