// The room around every exercise: its state (also in the link and in a file), letters, and small helpers.
const $ = (s, di = document) => di.querySelector(s);
const semua = (s, di = document) => [...di.querySelectorAll(s)];
const el = (tag, isi = {}, ...anak) => {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(isi)) {
    if (k === "class") e.className = v;
    else if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (v !== false && v !== null && v !== undefined) e.setAttribute(k, v === true ? "" : v);
  }
  e.append(...anak.flat().filter((x) => x !== null && x !== undefined && x !== false));
  return e;
};
const ganti = (tempat, ...isi) => tempat.replaceChildren(...isi.flat().filter((x) => x !== null && x !== undefined && x !== false));
const kabar = (teks) => { $("#r-kabar").textContent = teks; };

const HURUF = [["biasa", 1], ["besar", 1.3], ["sangat besar", 1.7]];
const Ruang = {
  baku: {}, isi: {}, gambar: () => {}, jawaban: () => [],
  // baku: first state; gambar: draws it; jawaban: rows of the answer file
  mulai(baku, gambar, jawaban) {
    this.baku = { huruf: 0, meja: "", nama: "", ...baku };
    this.gambar = gambar;
    this.jawaban = jawaban;
    this.isi = { ...structuredClone(this.baku), ...this.dariTautan() };
    this.tampil();
    addEventListener("hashchange", () => {
      if (this.tulis === location.hash) return;
      this.isi = { ...structuredClone(this.baku), ...this.dariTautan() };
      this.tampil();
    });
  },
  // change part of the state and draw; `diam`: the control that was touched shows it already
  ubah(bagian) {
    Object.assign(this.isi, bagian);
    this.simpanTautan();
    this.gambar(this.isi);
  },
  tampil() {
    for (const n of ["meja", "nama"]) $(`#r-${n}`).value = this.isi[n];
    this.huruf();
    this.gambar(this.isi, true);
  },
  huruf() {
    const [kata, kali] = HURUF[this.isi.huruf] || HURUF[0];
    document.documentElement.style.setProperty("--kali", kali);
    $("#a-huruf").textContent = `Huruf: ${kata}`;
  },
  beda() {
    return Object.fromEntries(Object.entries(this.isi).filter(([k, v]) => JSON.stringify(v) !== JSON.stringify(this.baku[k])));
  },
  simpanTautan() {
    clearTimeout(this.nanti);
    this.nanti = setTimeout(() => this.tulisTautan(), 250);
  },
  tulisTautan() {
    const { meja, nama, ...beda } = this.beda(); // a link is passed on: no names in it
    const byte = new TextEncoder().encode(JSON.stringify(beda));
    const teks = btoa(String.fromCharCode(...byte)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    this.tulis = Object.keys(beda).length ? `#k=${teks}` : "";
    if (location.hash !== this.tulis) history.replaceState(null, "", this.tulis || "#");
  },
  dariTautan() {
    const m = /^#k=([\w-]+)$/.exec(location.hash);
    if (!m) return {};
    try {
      const biner = atob(m[1].replaceAll("-", "+").replaceAll("_", "/"));
      return this.sah(JSON.parse(new TextDecoder().decode(Uint8Array.from(biner, (c) => c.charCodeAt(0)))));
    } catch {
      kabar("Tautan ini tidak utuh, jadi halaman dibuka dari awal.");
      return {};
    }
  },
  // only fields that this page has, of the kind that it has
  sah(x) {
    const jenis = (v) => (Array.isArray(v) ? "array" : typeof v);
    return Object.fromEntries(Object.entries(x ?? {}).filter(([k, v]) => k in this.baku && jenis(v) === jenis(this.baku[k])));
  },
  berkas() {
    return {
      format: "kinerja-jawaban", versi: 1, paket: PAKET, pelajaran: PELAJARAN,
      meja: this.isi.meja, nama: this.isi.nama, jawaban: this.jawaban(this.isi), keadaan: this.beda(),
    };
  },
  unduh() {
    const meja = this.isi.meja.trim().replace(/[^\w-]+/g, "-").toLowerCase();
    const nama = `jawaban-${PELAJARAN}${meja ? `-meja-${meja}` : ""}.json`;
    const a = el("a", { download: nama, href: URL.createObjectURL(new Blob([JSON.stringify(this.berkas(), null, 1)], { type: "application/json" })) });
    document.body.append(a);
    a.click();
    a.remove();
    kabar(`${nama} tersimpan di map Unduhan. Serahkan berkas itu kepada pelatih.`);
  },
  async buka(berkas) {
    try {
      const x = JSON.parse(await berkas.text());
      if (x.format !== "kinerja-jawaban" || x.versi !== 1) throw new Error("Ini bukan berkas jawaban dari paket bimtek.");
      if (x.pelajaran !== PELAJARAN) throw new Error(`Berkas ini dari pelajaran “${x.pelajaran}”. Buka di halaman itu.`);
      this.isi = { ...structuredClone(this.baku), ...this.sah(x.keadaan) };
      this.tulisTautan();
      this.tampil();
      kabar(`${berkas.name} dibuka.`);
    } catch (galat) {
      kabar(galat instanceof SyntaxError ? `${berkas.name} rusak atau bukan berkas jawaban.` : galat.message);
    }
  },
};
if ($("#a-ulang")) {
  $("#a-ulang").addEventListener("click", () => {
    const { huruf, meja, nama } = Ruang.isi;
    Ruang.isi = { ...structuredClone(Ruang.baku), huruf, meja, nama };
    Ruang.tulisTautan();
    Ruang.tampil();
    kabar("Halaman kembali ke awal. Meja, nama, dan ukuran huruf tetap.");
  });
  $("#a-huruf").addEventListener("click", () => { Ruang.ubah({ huruf: (Ruang.isi.huruf + 1) % HURUF.length }); Ruang.huruf(); });
  $("#a-tautan").addEventListener("click", async () => {
    Ruang.tulisTautan();
    try {
      await navigator.clipboard.writeText(location.href);
      kabar("Tautan tersalin. Isinya keadaan halaman ini, tanpa nama.");
    } catch {
      kabar(`Salin tautan ini: ${location.href}`);
    }
  });
  $("#a-simpan").addEventListener("click", () => Ruang.unduh());
  $("#a-buka").addEventListener("click", () => $("#a-berkas").click());
  $("#a-berkas").addEventListener("change", async (e) => { if (e.target.files[0]) await Ruang.buka(e.target.files[0]); e.target.value = ""; });
  for (const n of ["meja", "nama"]) $(`#r-${n}`).addEventListener("input", (e) => { Ruang.isi[n] = e.target.value; });
}
$("[data-lompat]").addEventListener("click", (e) => { e.preventDefault(); $("#isi").focus(); });

// a field whose value is `nama` of the state
const ikat = (id, nama, peristiwa = "input") => $(id).addEventListener(peristiwa, (e) => Ruang.ubah({ [nama]: e.target.value }));
const hasilPeriksa = (tepat, teks) => el("span", { class: tepat ? "tepat" : "belum" }, teks ?? (tepat ? "tepat" : "belum tepat"));
