// Stands in for wasm-bindgen when Trunk builds the pages. usage: as wasm-bindgen. What it does with a program:
//
// 1. a program with split points (#[wasm_split]) is cut: what only they need becomes files of its own;
// 2. wasm-bindgen itself;
// 3. the script that wasm-bindgen wrote and the one that fetches the late files become one;
// 4. what the script never calls leaves the program, and the names between the two become short (not with --dev).
//
// FARHAND_PARTS is the folder where the late files wait for scripts/finish-pages.mjs; FARHAND_PAGES=dev leaves out
// what only saves bytes.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { orderFunctions } from "./order-functions.mjs";
import { shortenNames } from "./wasm-names.mjs";

const here = join(dirname(fileURLToPath(import.meta.url)), "trunk");
process.env.PATH = process.env.PATH.split(delimiter).filter((folder) => folder !== here).join(delimiter);
const run = (program, ...rest) => execFileSync(program, rest, { stdio: ["ignore", "inherit", "inherit"] });

const given = process.argv.slice(2);
const option = (name) => given.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
const input = given.find((each) => each.endsWith(".wasm"));
if (!input) {
  run("wasm-bindgen", ...given);
  process.exit(0);
}

const release = process.env.FARHAND_PAGES !== "dev";
const parts = process.env.FARHAND_PARTS;
const [folder, name] = [option("out-dir"), option("out-name")];
const LOADER = "__wasm_split.js";
// Trunk passes its own options to wasm-opt for the first part; these are for the late ones.
const OPTIMISE = ["-Oz", "-lmu", "--one-caller-inline-max-function-size=0"];

rmSync(parts, { recursive: true, force: true });
mkdirSync(parts, { recursive: true });
const splits = readFileSync(input).includes("__wasm_split_00");
let first = input;
if (splits) {
  run("wasm-split-cli", input, parts, "--target", "web", "--out-name", name);
  first = join(parts, `${name}.wasm`);
}
// The late part calls the first one through the function table, which wasm-bindgen would otherwise hide.
const extra = splits ? ["--keep-lld-exports"] : [];
run("wasm-bindgen", ...extra, ...given.map((each) => (each === input ? first : each)));

const script = join(folder, `${name}.js`);
const module = join(folder, `${name}_bg.wasm`);
if (splits) {
  rmSync(first);
  writeFileSync(join(folder, LOADER), nameLateFiles(readFileSync(join(parts, LOADER), "utf8")));
  rmSync(join(parts, LOADER));
}
if (splits || release) bundleScript();
if (release) {
  dropUnused();
  const [wasm, js] = shortenNames(readFileSync(module), readFileSync(script, "utf8"));
  writeFileSync(module, wasm);
  writeFileSync(script, js);
}

// Names every late file after its content, and says so in the script that fetches it.
function nameLateFiles(loader) {
  for (const file of readdirSync(parts).filter((each) => each.endsWith(".wasm"))) {
    const path = join(parts, file);
    if (release) {
      run("wasm-opt", ...OPTIMISE, "-o", path, path);
      orderFunctions(path);
    }
    const hash = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
    const named = file.replace(/^split_/, "").replace(/\.wasm$/, `-${hash}.wasm`);
    renameSync(path, join(parts, named));
    if (!loader.includes(`"./${file}"`)) throw new Error(`${LOADER} does not fetch ${file}`);
    loader = loader.replaceAll(`"./${file}"`, `"./${named}"`);
  }
  return loader;
}

// One script with what the page uses: its start, and what the program itself imports. wasm-bindgen's classes of
// crates that the page never calls go; without the two changes they would seem to be used.
function bundleScript() {
  const source = readFileSync(script, "utf8")
    .replace(/^if \(Symbol\.dispose\) .*$/gm, "")
    .replaceAll("new FinalizationRegistry", "/* @__PURE__ */ new FinalizationRegistry");
  writeFileSync(script, source);
  const work = mkdtempSync(join(tmpdir(), "farhand-"));
  const entry = join(folder, `${name}.entry.js`);
  writeFileSync(entry, `export { default } from "./${basename(script)}";\n`);
  const options = ["--bundle", "--format=esm", "--log-level=warning", `--outfile=${join(work, "all.js")}`];
  run("esbuild", entry, ...options, ...(release ? ["--minify"] : []));
  writeFileSync(script, readFileSync(join(work, "all.js")));
  rmSync(work, { recursive: true });
  rmSync(entry);
}

// Exports whose names do not occur in the script are never called.
function dropUnused() {
  const words = new Set(readFileSync(script, "utf8").match(/[\w$]+/g));
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(module)));
  const used = exported.map((each) => each.name).filter((each) => words.has(each));
  const graph = [{ name: "page", root: true, reaches: used }, ...used.map((each) => ({ name: each, export: each }))];
  const file = join(parts, "graph.json");
  writeFileSync(file, JSON.stringify(graph));
  execFileSync("wasm-metadce", ["-g", "--graph-file", file, "-o", module, module], { stdio: ["ignore", "ignore", "inherit"] });
  rmSync(file);
}
