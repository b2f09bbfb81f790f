const GRAF = siapkan(GRAF_TPP), TERLAMBAT = hidup(DATA.terlambat), PREDIKAT = DATA.predikat;
const keFraksi = (x) => bacaAngka(String(x).replace(".", ","));
const gambar = (s, penuh) => {
  if (penuh) {
    ganti($("#b-predikat"), PREDIKAT.map((p) => el("label", {}, el("input", { type: "radio", name: "predikat", value: p, checked: p === s.predikat, onchange: () => Ruang.ubah({ predikat: p }) }), label(p))));
    for (const n of ["kelas", "terlambat", "alpa", "tidak_apel", "porsi", "potong", "catatan"]) $(`#b-${n}`).value = s[n];
  }
  for (const n of ["alpa", "tidak_apel", "porsi", "potong"]) $(`#b-o-${n}`).textContent = String(s[n]).replace(".", ",");
  const telat = potonganTerlambat(s.terlambat, TERLAMBAT);
  $("#b-salah").textContent = telat === undefined ? `Menit terlambat “${s.terlambat}” belum dapat dibaca. Tulis menitnya dipisah titik koma, misalnya 12; 45.` : "";
  if (telat === undefined) return;
  const masukan = { kelas: keFraksi(s.kelas), predikat: s.predikat, potongan_keterlambatan: telat, tidak_apel: keFraksi(s.tidak_apel), alpa: keFraksi(s.alpa) };
  const porsi = keFraksi(s.porsi);
  const kini = jalankan(GRAF, masukan);
  const usul = jalankan(GRAF, masukan, { porsi_produktivitas: porsi, porsi_disiplin: kurang(bil(100n), porsi), potongan_alpa_per_hari: keFraksi(s.potong) });
  const ubah = Object.values(usul.parameter).some((p) => p.status === "asumsi" && p.dasar.startsWith("Usulan"));
  const a = kini.kolom, b = usul.kolom, rp = (x) => (x ? `Rp${tulisAngka(x)}` : "belum diketahui");
  const beda = kurang(b.tpp, a.tpp), lebar = (x) => (x && a.besaran_tpp ? keNumber(bagi(kali(x, bil(100n)), a.besaran_tpp)) : 0);
  const satu = (judul, k) => el("div", { class: "kartu" }, el("div", { class: "ket" }, judul), el("div", { class: "besar" }, rp(k.tpp)),
    el("div", { class: "tumpuk", role: "img", "aria-label": `${judul}: dibayar ${rp(k.tpp)}, berkurang karena kinerja ${rp(k.potongan_kinerja)}, karena disiplin ${rp(k.potongan_disiplin)}` },
      el("span", { class: "bayar", style: `width:${lebar(k.tpp)}%` }), el("span", { class: "kinerja", style: `width:${lebar(k.potongan_kinerja)}%` }), el("span", { class: "disiplin", style: `width:${lebar(k.potongan_disiplin)}%` })),
    el("p", {}, `Berkurang karena kinerja ${rp(k.potongan_kinerja)}, karena disiplin ${rp(k.potongan_disiplin)}.`));
  ganti($("#b-hasil"), el("p", {}, `Besaran penuh kelas ${s.kelas}: `, el("b", {}, rp(a.besaran_tpp)), " sebulan"),
    satu("Sekarang", a), ubah ? satu("Menurut usulan", b) : el("p", { class: "ket" }, "Geser kendali usulan untuk membandingkan."),
    ubah ? el("p", { class: "pesan" }, beda[0] === 0n ? "Tidak ada yang berubah bagi pegawai ini." : `${beda[0] > 0n ? "Bertambah" : "Berkurang"} Rp${tulisAngka(beda[0] < 0n ? [-beda[0], beda[1]] : beda)} sebulan.`) : null,
    el("p", { class: "ket" }, el("i", { class: "kunci bayar" }), "dibayar ", el("i", { class: "kunci kinerja" }), "hilang karena kinerja ", el("i", { class: "kunci disiplin" }), "hilang karena disiplin"));
  ganti($("#b-langkah"), el("ol", { class: "langkah" }, jelaskan(usul).map((x) => el("li", {}, el("b", {}, `${x.label} = ${x.hasil}`), el("br"), x.rumus, el("br"), `= ${x.isi}`, el("br"), el("span", { class: "ket" }, `${x.dasar} [${x.status}]`)))));
};
Ruang.mulai({ ...DATA.awal, catatan: "" }, gambar, (s) => (s.catatan.trim() ? [{ latihan: "bayaran", catatan: s.catatan }] : []));
ikat("#b-kelas", "kelas", "change"); ikat("#b-terlambat", "terlambat"); ikat("#b-catatan", "catatan");
for (const n of ["alpa", "tidak_apel", "porsi", "potong"]) $(`#b-${n}`).addEventListener("input", (e) => Ruang.ubah({ [n]: Number(e.target.value) }));
