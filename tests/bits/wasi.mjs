// Runs a WebAssembly program with the files of the current folder: node tests/bits/wasi.mjs PROGRAM.wasm ARGUMENT…

import { readFile } from 'node:fs/promises';
import { argv, cwd, exit } from 'node:process';
import { WASI } from 'node:wasi';

const [program, ...args] = argv.slice(2);
const preopens = { '/': cwd(), '.': cwd() };
const wasi = new WASI({ version: 'preview1', args: ['quanheng', ...args], env: {}, preopens });
const module = await WebAssembly.compile(await readFile(program));
exit(wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject())));
