// The names by which a program and its script find each other: long, with hashes in them that do not compress, and
// each of them travels twice. Nobody reads them in a release.

const IMPORTS = 2;
const EXPORTS = 7;

// A cursor over the bytes of a module.
class Reader {
  constructor(bytes, at = 0) {
    Object.assign(this, { bytes, at });
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  name() {
    return this.take(this.number()).toString("utf8");
  }
  limits() {
    const flags = this.number();
    this.number();
    if (flags & 1) this.number();
  }
}

function number(value) {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) | (rest > 0 ? 0x80 : 0));
    value = rest;
  } while (value > 0);
  return Buffer.from(bytes);
}
const name = (text) => Buffer.concat([number(Buffer.byteLength(text)), Buffer.from(text)]);

// What stands behind the two names of an import: its kind and its type.
function importType(reader) {
  const from = reader.at;
  const kind = reader.byte();
  if (kind === 0) reader.number();
  else if (kind === 1) (reader.byte(), reader.limits());
  else if (kind === 2) reader.limits();
  else if (kind === 3) reader.take(2);
  else if (kind === 4) (reader.byte(), reader.number());
  else throw new Error(`an import of the unknown kind ${kind}`);
  return reader.bytes.subarray(from, reader.at);
}

function renamed(id, body, rename) {
  const reader = new Reader(body);
  const count = reader.number();
  const out = [number(count)];
  for (let index = 0; index < count; index++) {
    if (id === IMPORTS) out.push(name(reader.name()));
    out.push(name(rename(reader.name())));
    if (id === IMPORTS) out.push(importType(reader));
    else out.push(Buffer.concat([Buffer.from([reader.byte()]), number(reader.number())]));
  }
  return Buffer.concat(out);
}

// The module with every import and export renamed by `rename`.
export function renameModule(wasm, rename) {
  const reader = new Reader(wasm);
  const out = [reader.take(8)];
  while (reader.at < wasm.length) {
    const id = reader.byte();
    let body = reader.take(reader.number());
    if (id === IMPORTS || id === EXPORTS) body = renamed(id, body, rename);
    out.push(Buffer.from([id]), number(body.length), body);
  }
  return Buffer.concat(out);
}

// Shortens wasm-bindgen's own names in a module and its script: [module, script].
export function shortenNames(wasm, script) {
  const short = new Map();
  const rename = (long) => {
    if (!/^(__wbg_|__wbindgen_|wasm_bindgen_)/.test(long)) return long;
    if (!short.has(long)) short.set(long, `$${short.size.toString(36)}`);
    return short.get(long);
  };
  const module = renameModule(wasm, rename);
  return [module, script.replace(/[\w$]+/g, (word) => short.get(word) ?? word)];
}
