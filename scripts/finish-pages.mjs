// Finishes one bundle that Trunk has written. usage: node finish-pages.mjs FOLDER PUBLIC_URL [--dev]
//
// 1. the late files that scripts/bind.mjs left in FARHAND_PARTS come in; the program's functions are ordered so that it
//    compresses well (not with --dev), and it is named after what it became;
// 2. the style sheets become one file with a hashed name: one request instead of one per layer. Those with data-late
//    become another one that the browser does not fetch: the program says when (see src/platform/first.rs);
// 3. inline scripts move into files, so that the Content-Security-Policy needs no exception for them;
// 4. a service worker learns which files make up the shell: in sw.js the array ["__SHELL__"] becomes
//    their addresses, and the text __BUILD__ a hash that changes with any of them;
// 5. every compressible file gets a .br and a .gz neighbour (not with --dev).
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { orderFunctions } from "./order-functions.mjs";

const [folder, base, dev] = process.argv.slice(2);
if (!folder || !base) {
  console.error("usage: node finish-pages.mjs FOLDER PUBLIC_URL [--dev]");
  process.exit(2);
}

const COMPRESSIBLE = /\.(html|css|js|mjs|wasm|svg|json|webmanifest|txt|ico|ttf|otf)$/;
const digest = (data, kind, form) => createHash(kind).update(data).digest(form);
const shortHash = (data) => digest(data, "sha256", "hex").slice(0, 16);

async function filesBelow(root, prefix = "") {
  const found = [];
  for (const entry of await readdir(join(root, prefix), { withFileTypes: true })) {
    const name = posix.join(prefix, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(root, name)));
    else found.push(name);
  }
  return found.sort();
}

async function bringLateFiles() {
  const parts = process.env.FARHAND_PARTS;
  for (const name of parts ? await readdir(parts) : []) await copyFile(join(parts, name), join(folder, name));
}

// Trunk names the program and its script after what the compiler wrote. They are kept for good under their names, so
// that a change of what comes after the compiler must change the names too.
async function nameProgramByContent(html) {
  const [, name, old] = /(\w+)-([0-9a-f]+)_bg\.wasm/.exec(html);
  const files = [`${name}-${old}_bg.wasm`, `${name}-${old}.js`];
  if (!dev) orderFunctions(join(folder, files[0]));
  const contents = await Promise.all(files.map((file) => readFile(join(folder, file))));
  const hash = shortHash(Buffer.concat(contents));
  for (const file of files) await rename(join(folder, file), join(folder, file.replace(old, hash)));
  return html.replaceAll(`${name}-${old}`, `${name}-${hash}`);
}

// Replaces the page's own style sheets by two, where the first of each stood.
async function joinStyles(html) {
  const tags = [...html.matchAll(/<link\b[^>]*>/g)]
    .map((match) => match[0])
    .filter((tag) => /rel="?stylesheet/.test(tag) && !/media=/.test(tag));
  const isLate = (tag) => /\bdata-late\b/.test(tag);
  html = await joined(html, tags.filter((tag) => !isLate(tag)), "style", `rel="stylesheet"`);
  return joined(html, tags.filter(isLate), "late", `id="late-style" rel="late-stylesheet"`);
}

async function joined(html, tags, name, attributes) {
  if (tags.length === 0) return html;
  const sheets = [];
  for (const tag of tags) {
    const path = join(folder, /href="?([^"\s>]+)/.exec(tag)[1].slice(base.length));
    sheets.push(await readFile(path, "utf8"));
    await rm(path, { force: true });
  }
  let css = sheets.join("\n");
  if (!dev) css = execFileSync("esbuild", ["--loader=css", "--minify"], { input: css });
  const file = `${name}-${shortHash(css)}.css`;
  await writeFile(join(folder, file), css);
  const integrity = `sha384-${digest(css, "sha384", "base64")}`;
  const link = `<link ${attributes} href="${base}${file}" integrity="${integrity}">`;
  tags.forEach((tag, index) => {
    html = html.replace(tag, index === 0 ? link : "");
  });
  return html;
}

async function moveInlineScripts(html) {
  const inline = /<script\b((?:(?!\bsrc=)[^>])*)>([\s\S]*?)<\/script>/g;
  for (const [tag, attributes, code] of [...html.matchAll(inline)]) {
    if (code.trim() === "" || /type="?(application|text)\/(ld\+)?json/.test(attributes)) continue;
    const file = `boot-${shortHash(code)}.js`;
    await writeFile(join(folder, file), code.trim() + "\n");
    const kept = attributes.replace(/\s*nonce="[^"]*"/, "");
    html = html.replace(tag, () => `<script${kept} src="${base}${file}"></script>`);
  }
  return html;
}

async function fillServiceWorker() {
  const path = join(folder, "sw.js");
  const source = await readFile(path, "utf8").catch(() => null);
  if (source === null) return;
  const hashed = (await filesBelow(folder)).filter((name) => /[-.][0-9a-f]{12,16}(_bg)?\./.test(name));
  const shell = hashed.map((name) => base + name);
  const page = await readFile(join(folder, "index.html"));
  const build = shortHash(shell.join("\n") + page);
  const filled = source
    .replace(/\[\s*"__SHELL__"\s*\]/, () => JSON.stringify(shell))
    .replaceAll("__BUILD__", build);
  await writeFile(path, filled);
}

async function compress(name) {
  const path = join(folder, name);
  const plain = await readFile(path);
  const brotli = await promisify(brotliCompress)(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  });
  const zipped = await promisify(gzip)(plain, { level: 9 });
  if (brotli.length < plain.length) await writeFile(`${path}.br`, brotli);
  if (zipped.length < plain.length) await writeFile(`${path}.gz`, zipped);
  return [name, plain.length, brotli.length, zipped.length];
}

function printSizes(rows) {
  const line = (cells) => cells.map((cell, i) => (i ? String(cell).padStart(9) : cell.padEnd(40))).join(" ");
  console.log(line(["file (bytes)", "plain", "brotli", "gzip"]));
  for (const row of rows) console.log(line(row));
  const total = [1, 2, 3].map((i) => rows.reduce((sum, row) => sum + row[i], 0));
  console.log(line(["all", ...total]));
}

const page = join(folder, "index.html");
let html = await readFile(page, "utf8");
await bringLateFiles();
html = await nameProgramByContent(html);
html = await joinStyles(html);
html = await moveInlineScripts(html);
await writeFile(page, html);
await fillServiceWorker();
if (!dev) {
  const names = (await filesBelow(folder)).filter((name) => COMPRESSIBLE.test(name));
  printSizes(await Promise.all(names.map(compress)));
}
