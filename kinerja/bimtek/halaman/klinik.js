const TINGKAT = DATA.tingkat, TANYA = DATA.tanya;
let baca = null; // (teks, jenjang, baru) -> what mesin.py says, once Python is there

const bongkar = async (nama) => {
  const teks = $(`#b-${nama}`).textContent;
  const padat = Uint8Array.fromBase64 ? new Blob([Uint8Array.fromBase64(teks)]) : await (await fetch(`data:application/octet-stream;base64,${teks}`)).blob();
  return new Response(padat.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
};
// Python from the pieces in this file: nothing is fetched, and what asks for more is refused
const hidupkan = async () => {
  const [wasm, asm, mjs, potret] = await Promise.all(["wasm", "asm", "mjs", "potret"].map(bongkar));
  const modul = (isi) => URL.createObjectURL(new Blob([isi], { type: "text/javascript" }));
  const kosong = new Uint8Array([80, 75, 5, 6, ...Array(18).fill(0)]); // an empty zip: what is needed is in the picture
  globalThis.fetch = async (apa) => {
    const alamat = String(apa.url ?? apa);
    if (alamat.endsWith("pyodide.asm.wasm")) return new Response(wasm, { headers: { "Content-Type": "application/wasm" } });
    if (alamat.endsWith("python_stdlib.zip")) return new Response(kosong);
    throw new Error("halaman ini tidak memakai jaringan");
  };
  const { loadPyodide } = await import(modul(mjs));
  const py = await loadPyodide({
    indexURL: `${modul(asm)}#`, packageBaseUrl: "file:///", _loadSnapshot: potret,
    lockFileContents: { info: DATA.kunci, packages: {} },
  });
  const fungsi = py.globals.get("mesin").baca;
  for (const n of ["wasm", "asm", "mjs", "potret"]) $(`#b-${n}`).remove();
  return (teks, jenjang, baru = "") => JSON.parse(fungsi(teks, jenjang, baru));
};

const bingkai = (n) => {
  const isi = [];
  let dari = 0;
  const huruf = [...n.teks]; // places count letters as Python does
  for (const [a, b] of n.tanda) { isi.push(huruf.slice(dari, a).join(""), el("mark", {}, huruf.slice(a, b).join(""))); dari = b; }
  isi.push(huruf.slice(dari).join(""));
  return el("p", { style: "font-size:1.25rem;margin:.2rem 0" }, ...isi);
};
const gambarTangga = (n, baru) => {
  const sini = (i) => [
    n.anak_tangga === i ? el("span", { class: "noda" }, baru ? "□ lama" : "□ di sini") : null,
    baru && baru.anak_tangga === i ? el("span", { class: "noda isi" }, "● baru") : null,
  ];
  return el("ol", { class: "tangga", "aria-label": "Tangga hasil, dari bawah ke atas" },
    [...TINGKAT.keys()].reverse().map((i) => {
      const wajar = n.wajar[0] <= i && i <= n.wajar[1];
      return el("li", { class: wajar ? "wajar" : "", style: `--i:${i}` },
        el("span", {}, el("b", {}, TINGKAT[i].replace(/^./, (c) => c.toUpperCase())), ` ${TANYA[i]}`), wajar ? el("small", {}, "wajar") : null, ...sini(i));
    }));
};
const gambarTemuan = (n) => (n.temuan.length
  ? n.temuan.map(([kode, nama, keparahan, pesan, saran]) => el("div", { class: "kartu" },
    el("b", {}, `${kode} ${nama}`), ` (${keparahan})`, el("div", {}, pesan), el("div", {}, el("b", {}, "Nasihat: "), saran)))
  : [el("p", { class: "tepat" }, "Tidak ada temuan pada kata-katanya.")]);
const letak = (n) => (n.anak_tangga < 0 ? "Letaknya di tangga hasil belum jelas." : `Tingkat: ${n.tingkat}. ${n.di_tempat ? "Wajar bagi jenjang ini." : n.anak_tangga < n.wajar[0] ? "Terlalu rendah bagi jenjang ini: yang diukur kesibukan atau keluaran." : "Terlalu tinggi bagi jenjang ini: hasilnya ditentukan banyak pihak."}`);

const gambarKlinik = (s) => {
  const tempat = $("#k-hasil");
  if (!baca) return;
  if (!s.teks.trim()) { ganti(tempat, el("p", {}, "Tulis sebuah indikator untuk melihat letaknya di tangga hasil.")); ganti($("#k-tangga")); return; }
  const h = baca(s.teks, s.jenjang, s.baru);
  if (h.kosong) { ganti(tempat, el("p", { class: "pesan" }, h.kosong)); ganti($("#k-tangga")); return; }
  ganti($("#k-tangga"), gambarTangga(h.lama, h.baru));
  const lama = [bingkai(h.lama), el("p", {}, letak(h.lama))];
  if (!h.baru) {
    ganti(tempat, ...lama, ...gambarTemuan(h.lama), h.lama.temuan.length ? null : el("p", {}, el("b", {}, "Bentuk lain: "), `“${h.lama.saran}”`));
    return;
  }
  const butir = (judul, kelas, isi) => (isi.length ? [el("h3", {}, judul), el("ul", {}, isi.map((t) => el("li", { class: kelas }, t)))] : []);
  ganti(tempat,
    el("h3", {}, "Lama"), ...lama, el("h3", {}, "Baru"), bingkai(h.baru), el("p", {}, letak(h.baru)),
    h.sama ? el("p", { class: "pesan awas" }, "Masih sama dengan rumusan lama; tulis apa yang berubah karena pekerjaan ini.") : null,
    ...butir("Yang membaik", "tepat", h.membaik), ...butir("Yang memburuk", "belum", h.memburuk),
    el("h3", {}, "Yang masih perlu dibenahi"), ...gambarTemuan(h.baru));
};

const jawabanKe = (s, n) => s.latihan[n] ?? { indikator: "", satuan: "", target: "" };
const periksaLatihan = (s, soal) => {
  const j = jawabanKe(s, soal.nomor);
  if (!j.indikator.trim() || !baca) return null;
  const h = baca(soal.indikator, soal.jenjang, j.indikator);
  if (h.kosong) return { kosong: h.kosong };
  return {
    h, syarat: [
      ["Bersih dari galat dan peringatan", !h.sama && !h.baru.lemah],
      ["Naik tangga dari soalnya", !h.sama && h.baru.anak_tangga > h.lama.anak_tangga],
      ["Di anak tangga yang wajar bagi jenjangnya", !h.sama && h.baru.di_tempat],
      ["Satuan dan target terisi", Boolean(j.satuan.trim() && j.target.trim())],
    ],
  };
};
const ingat = new Map(); // question and answer -> verdict, so that typing reads one phrase only
const verdik = (s, soal) => {
  const kunci = JSON.stringify([soal.nomor, jawabanKe(s, soal.nomor), Boolean(baca)]);
  if (!ingat.has(kunci)) ingat.set(kunci, periksaLatihan(s, soal));
  return ingat.get(kunci);
};
const gambarLatihan = (s) => {
  const soal = DATA.soal.find((x) => x.nomor === s.nomor) ?? DATA.soal[0];
  ganti($("#k-nomor"), DATA.soal.map((x) => {
    const v = verdik(s, x), beres = v?.syarat?.every(([, ya]) => ya);
    return el("button", {
      type: "button", "aria-current": x.nomor === soal.nomor ? "true" : null, "data-nomor": x.nomor,
      "aria-label": `Soal ${x.nomor}${beres ? ", lengkap" : v ? ", dijawab" : ""}`,
      onclick: () => { Ruang.ubah({ nomor: x.nomor }); isiLatihan(Ruang.isi); lukisSemua(); $(`[data-nomor="${x.nomor}"]`).focus(); },
    }, `${x.nomor}${beres ? " ✔" : v ? " …" : ""}`);
  }));
  $("#k-siapa").textContent = `Soal ${soal.nomor} · ${soal.jabatan} · ${DATA.jenjang[soal.jenjang]}`;
  $("#k-soal").textContent = soal.indikator;
  const v = verdik(s, soal), lengkap = DATA.soal.filter((x) => verdik(s, x)?.syarat?.every(([, ya]) => ya)).length;
  ganti($("#k-nilai"),
    el("p", {}, el("b", {}, `${lengkap} dari ${DATA.soal.length} soal memenuhi keempat syarat.`)),
    !v ? el("p", { class: "ket" }, "Tulis rumusan Anda; hasilnya muncul di sini.")
      : v.kosong ? el("p", { class: "pesan" }, v.kosong)
        : [el("ul", {}, v.syarat.map(([kata, ya]) => el("li", { class: ya ? "tepat" : "belum" }, kata))), bingkai(v.h.baru), el("p", {}, letak(v.h.baru)), ...gambarTemuan(v.h.baru)]);
};
const isiLatihan = (s) => { const j = jawabanKe(s, s.nomor); for (const k of ["indikator", "satuan", "target"]) $(k === "indikator" ? "#k-jawab" : `#k-${k}`).value = j[k]; };

// each part is drawn when what it shows has changed, at most once a frame: keys that come faster wait for the last
const bagian = [
  { dari: (s) => [s.teks, s.jenjang, s.baru], lukis: gambarKlinik },
  { dari: (s) => [s.nomor, s.latihan], lukis: gambarLatihan },
];
let dipesan = 0, tenang;
const lukisSemua = () => {
  dipesan = 0;
  for (const b of bagian) {
    const kini = JSON.stringify([Boolean(baca), b.dari(Ruang.isi)]);
    if (kini !== b.tampak) { b.lukis(Ruang.isi); b.tampak = kini; }
  }
};
const gambar = (s, penuh) => {
  if (penuh) { $("#k-teks").value = s.teks; $("#k-jenjang").value = s.jenjang; $("#k-baru").value = s.baru; isiLatihan(s); }
  for (const id of ["#k-hasil", "#k-nilai"]) $(id).setAttribute("aria-busy", "true"); // read aloud after the last key only
  clearTimeout(tenang);
  tenang = setTimeout(() => { for (const id of ["#k-hasil", "#k-nilai"]) $(id).removeAttribute("aria-busy"); }, 600);
  dipesan ||= requestAnimationFrame(lukisSemua);
};
Ruang.mulai({ ...DATA.awal, baru: "", nomor: 1, latihan: {} }, gambar, (s) => DATA.soal.filter((x) => s.latihan[x.nomor]?.indikator?.trim()).map((x) => ({ latihan: "iki", nomor: x.nomor, ...s.latihan[x.nomor] })));
ikat("#k-teks", "teks"); ikat("#k-baru", "baru"); ikat("#k-jenjang", "jenjang", "change");
for (const [id, k] of [["#k-jawab", "indikator"], ["#k-satuan", "satuan"], ["#k-target", "target"]]) {
  $(id).addEventListener("input", (e) => {
    const n = Ruang.isi.nomor;
    Ruang.ubah({ latihan: { ...Ruang.isi.latihan, [n]: { ...jawabanKe(Ruang.isi, n), [k]: e.target.value } } });
  });
}
const mulaiMesin = performance.now();
(async () => {
  if (!DATA.kunci) {
    baca = (teks, jenjang, baru) => {
      const lama = DATA.kamus[`${jenjang}|${teks.trim()}`];
      if (!lama || baru.trim()) return { kosong: "Paket ini dibuat tanpa mesin pemeriksa, jadi hanya sepuluh rumusan latihan yang nasihatnya tersimpan. Jawaban Anda tetap dapat disimpan dan diserahkan kepada pelatih." };
      return { lama };
    };
    $("#k-mesin").textContent = "Paket tanpa mesin pemeriksa: nasihat hanya ada untuk sepuluh rumusan latihan.";
  } else {
    try {
      baca = await hidupkan();
      const detik = (performance.now() - mulaiMesin) / 1000;
      document.documentElement.dataset.siap = detik.toFixed(2);
      $("#k-mesin").textContent = `Pemeriksa siap (${detik.toFixed(1).replace(".", ",")} detik). Ketik saja, jawabannya mengikuti.`;
    } catch (galat) {
      console.warn(galat);
      $("#k-mesin").textContent = "Pemeriksa tidak dapat dijalankan di peramban ini. Pakai Edge, Chrome, atau Firefox keluaran 2023 atau sesudahnya. Jawaban tetap dapat ditulis dan disimpan.";
      return;
    }
  }
  ingat.clear();
  gambar(Ruang.isi, true);
})();
