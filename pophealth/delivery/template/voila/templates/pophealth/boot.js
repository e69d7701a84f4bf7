
/* First lines of the page: opens the kernel's socket at once, keeps what it says until the page's script is there,
   and ends the kernel when the page is left. */
(() => {
  const start = JSON.parse(document.getElementById("pophealth-start").textContent);
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0"));
  start.session = letters.join("");
  start.heard = [];
  const address = `${location.origin.replace(/^http/, "ws")}${start.base}api/kernels/${start.kernel}/channels`;
  start.socket = new WebSocket(`${address}?session_id=${start.session}`, ["v1.kernel.websocket.jupyter.org"]);
  start.socket.binaryType = "arraybuffer";
  start.socket.onmessage = (event) => start.heard.push(event.data);
  addEventListener("pagehide", () => {
    start.flush?.();
    const kept = document.cookie.match(/\b_xsrf=([^;]*)/);
    if (!kept) document.cookie = `_xsrf=${start.session}; path=${start.base}; SameSite=Strict`;
    const form = new FormData();
    form.append("_xsrf", kept ? kept[1] : start.session);
    navigator.sendBeacon(`${start.base}voila/api/shutdown/${start.kernel}`, form);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  window.pophealth = start;
})();
