// Starts Python in WebAssembly, lets it import what the page needs, and keeps the memory as a picture: a page that
// begins from the picture answers in a second, one that starts Python anew in about ten times that.
// node potret.mjs <map pyodide> <sumber.json: path -> text> <berkas potret>
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , pyodide, sumber, potret] = process.argv;
try {
  const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
  const py = await loadPyodide({ indexURL: pyodide, _makeSnapshot: true, env: { PYTHONHASHSEED: "0", HOME: "/ruang" } });
  for (const [nama, isi] of Object.entries(JSON.parse(readFileSync(sumber, "utf8")))) {
    const letak = `/ruang/${nama}`;
    py.FS.mkdirTree(letak.slice(0, letak.lastIndexOf("/")));
    py.FS.writeFile(letak, isi);
  }
  // traceback is what an error would need: afterwards there are no files to import from
  py.runPython(`
import gc, os, sys, traceback
os.environ["RAPIDFUZZ_IMPLEMENTATION"] = "python"
sys.path.insert(0, "/ruang")
import mesin
mesin.baca("Terlaksananya sosialisasi, 1 laporan", "jpt", "Persentase kelurga yang berubah")
gc.collect()
`);
  writeFileSync(potret, py.makeMemorySnapshot());
} catch (galat) {
  process.stderr.write(String(galat.message ?? galat).slice(-2000));
  process.exitCode = 1;
}
