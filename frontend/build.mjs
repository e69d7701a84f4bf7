/* Bundles the page's scripts and styles into the template's static folder, with the licences of everything in
   them and a manifest that ties them to their sources. The same sources give the same bytes. */

import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const out = path.join(root, "pophealth/delivery/template/voila/templates/pophealth/static");
const fonts = path.join(root, "pophealth/views/fonts");
const EMBEDDED = Object.fromEntries([".svg", ".woff", ".woff2", ".ttf", ".eot", ".png"].map((end) => [end, "dataurl"]));

const options = {
  absWorkingDir: here,
  entryPoints: { page: "src/page.js", library: "src/library.js", style: "style/page.css" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  alias: { "sanitize-html": path.join(here, "src/sanitize.js") },
  external: ["./fonts/*"],
  loader: EMBEDDED,
  define: { "process.env.NODE_ENV": '"production"' },
};

/* Packages of the Jupyter project come without their licence file. */
const KNOWN = { "BSD-3-Clause": readFileSync(path.join(here, "licences/BSD-3-Clause-Jupyter.txt"), "utf8").trim() };

function packagesIn(metafile) {
  const names = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const found = names.map((name) => name.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(found.filter(Boolean))].sort();
}

function licence(name) {
  const folder = path.join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each));
  const text = file ? readFileSync(path.join(folder, file), "utf8").trim() : KNOWN[about.license] ?? "";
  if (!text) throw new Error(`no licence text found for ${name} (${about.license})`);
  return `${name} ${about.version} (${about.license})\n${"=".repeat(70)}\n${text.replaceAll("\r\n", "\n")}\n`;
}


const digest = (file) => createHash("sha256").update(readFileSync(path.join(root, file))).digest("hex");

function filesUnder(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
}

function digests(files) {
  return Object.fromEntries(files.sort().map((file) => [file, digest(file)]));
}

rmSync(out, { recursive: true, force: true });
mkdirSync(path.join(out, "fonts"), { recursive: true });
const { metafile } = await esbuild.build(options);
for (const file of readdirSync(fonts).filter((name) => /-(400|600|700)-normal\.woff2$|^LICENSE$/.test(name))) {
  copyFileSync(path.join(fonts, file), path.join(out, "fonts", file));
}
const head = "The scripts in this folder contain the following packages, under these licences.\n\n";
writeFileSync(path.join(out, "NOTICE.txt"), head + packagesIn(metafile).map(licence).join("\n"));

const sources = ["src", "style", "licences"].flatMap((folder) => filesUnder(`frontend/${folder}`));
const built = filesUnder(path.relative(root, out)).filter((file) => !file.endsWith("manifest.json"));
const manifest = { sources: digests([...sources, "frontend/package.json", "frontend/build.mjs"]), built: digests(built) };
writeFileSync(path.join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const [name, output] of Object.entries(metafile.outputs)) console.log(`${path.basename(name)} ${output.bytes}`);
