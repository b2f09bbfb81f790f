const GRAF = siapkan(GRAF_KUADRAN), RATING = DATA.rating, PREDIKAT = DATA.predikat, BARIS = [...RATING].reverse();
const predikatUntuk = (h, p) => jalankan(GRAF, { rating_hasil: h, rating_perilaku: p }).kolom.predikat;
const kotak = BARIS.flatMap((h) => RATING.map((p) => `${h}|${p}`));
const sebut = (k) => { const [h, p] = k.split("|"); return `hasil ${label(h).toLowerCase()}, perilaku ${label(p).toLowerCase()}`; };
const pendek = (k) => label(k).replace(" ekspektasi", "");
const rangka = (tabel, sel) => ganti(tabel,
  el("caption", { class: "ket" }, "Baris: rating hasil kerja. Kolom: rating perilaku kerja. Semuanya terhadap ekspektasi."),
  el("thead", {}, el("tr", {}, el("td", {}), RATING.map((p) => el("th", { scope: "col" }, pendek(p))))),
  el("tbody", {}, BARIS.map((h) => el("tr", {}, el("th", { scope: "row" }, pendek(h)), RATING.map((p) => el("td", { "data-kolom": `perilaku ${pendek(p).toLowerCase()}` }, ...sel(`${h}|${p}`)))))));
const radio = (tempat, nama, pilihan, kini, ubah) => ganti(tempat, pilihan.map((k) => el("label", {},
  el("input", { type: "radio", name: nama, value: k, checked: k === kini, onchange: () => ubah(k) }), label(k))));

const gambar = (s, penuh) => {
  if (penuh) {
    rangka($("#q-isian"), (k) => [el("select", {
      "aria-label": `Predikat untuk ${sebut(k)}`, "data-kotak": k,
      onchange: (e) => Ruang.ubah({ isian: { ...Ruang.isi.isian, [k]: e.target.value }, diperiksa: false }),
    }, el("option", { value: "" }, "pilih …"), PREDIKAT.map((p) => el("option", { value: p, selected: s.isian[k] === p }, label(p)))), el("div", { "data-hasil": k })]);
    radio($("#q-hasil"), "hasil", BARIS, s.hasil, (k) => Ruang.ubah({ hasil: k }));
    radio($("#q-perilaku"), "perilaku", BARIS, s.perilaku, (k) => Ruang.ubah({ perilaku: k }));
    for (const id of ["#q-dari", "#q-ke"]) ganti($(id), kotak.map((k) => el("option", { value: k }, sebut(k).replace(/^./, (c) => c.toUpperCase()))));
    $("#q-dari").value = s.dari; $("#q-ke").value = s.ke;
    ganti($("#q-hitung"), PREDIKAT.map((p) => el("div", { class: "baris-isi" }, el("label", { for: `q-h-${p}` }, label(p)),
      el("input", { type: "text", inputmode: "numeric", id: `q-h-${p}`, maxlength: 3, autocomplete: "off", value: s.hitung[p] ?? "", oninput: (e) => Ruang.ubah({ hitung: { ...Ruang.isi.hitung, [p]: e.target.value }, dihitung: false }) }), el("span", { "data-cek": p }))));
    ganti($("#q-organisasi"), el("option", { value: "" }, "Belum dipilih"), DATA.organisasi.map((o) => el("option", { value: o, selected: o === s.organisasi }, label(o))));
  }
  // 1
  let tepat = 0;
  for (const k of kotak) {
    const benar = s.isian[k] === predikatUntuk(...k.split("|"));
    tepat += benar;
    ganti($(`[data-hasil="${k}"]`), s.diperiksa ? (s.isian[k] ? hasilPeriksa(benar) : el("span", { class: "ket" }, "kosong")) : null);
  }
  $("#q-nilai").textContent = s.diperiksa ? `${tepat} dari 9 kotak tepat.` : "";
  // 2
  const h = jalankan(GRAF, { rating_hasil: s.hasil || null, rating_perilaku: s.perilaku || null });
  const [x] = jelaskan(h);
  ganti($("#q-satu"), s.hasil && s.perilaku
    ? el("div", { class: "kartu sorot" }, el("div", { class: "ket" }, "Predikat kinerja"), el("div", { class: "besar" }, x.hasil), el("p", {}, x.isi), el("p", { class: "ket" }, `${x.dasar} [${x.status}]`), el("p", { class: "ket" }, DATA.catatan))
    : el("p", { class: "ket" }, "Pilih kedua ratingnya. Tebak dulu predikatnya di meja Anda."));
  // 3
  const jumlah = Object.fromEntries(PREDIKAT.map((p) => [p, 0]));
  for (const k of kotak) jumlah[predikatUntuk(...k.split("|"))] += s.titik[k];
  rangka($("#q-titik"), (k) => [el("div", { class: "titik84", role: "img", "aria-label": `${s.titik[k]} orang: ${sebut(k)}` }, Array.from({ length: s.titik[k] }, () => el("i"))), el("b", {}, String(s.titik[k]))]);
  for (const p of PREDIKAT) {
    const isi = (s.hitung[p] ?? "").trim();
    ganti($(`[data-cek="${p}"]`), s.dihitung ? (isi === "" ? el("span", { class: "ket" }, "kosong") : hasilPeriksa(isi === String(jumlah[p]))) : null);
  }
  const total = kotak.reduce((a, k) => a + s.titik[k], 0);
  const pola = POLA.filter((a) => a.organisasi === s.organisasi);
  ganti($("#q-pola"), s.organisasi ? [
    el("h3", {}, "Sekarang"), el("div", {}, PREDIKAT.map((p) => el("div", { class: "batang" }, el("span", {}, label(p)), el("span", { class: "isi", style: `--p:${(100 * jumlah[p]) / total}%` }), el("b", {}, String(jumlah[p]))))),
    el("h3", {}, `Pola bila organisasinya ${label(s.organisasi)}`),
    el("ul", {}, pola.map((a) => { const n = a.predikat.reduce((z, p) => z + jumlah[p], 0); return el("li", { class: memenuhiPola(a, n, jumlah, total) ? "tepat" : "belum" }, kalimatPola(a)); })),
    el("p", { class: "ket" }, `${DATA.dasar_pola} Pola adalah bahan pertimbangan pimpinan, bukan kuota: memindahkan orang agar pola terpenuhi bukan alasan yang sah.`),
  ] : el("p", { class: "ket" }, "Pilih predikat organisasi untuk membandingkan sebaran ini dengan polanya."));
};
const kalimatPola = (a) => {
  const siapa = a.predikat.map(label).join(" atau ");
  return { terbanyak: `${siapa} terbanyak`, ada: `harus ada ${siapa}`, paling_banyak: a.persen === 0 ? `tidak ada ${siapa}` : `${siapa} paling banyak ${a.persen} %`, paling_sedikit: `${siapa} paling sedikit ${a.persen} %` }[a.aturan];
};
Ruang.mulai({ isian: {}, diperiksa: false, hasil: "", perilaku: "", titik: DATA.titik, hitung: {}, dihitung: false, dari: DATA.dari, ke: DATA.ke, organisasi: "" }, gambar, (s) => [
  ...kotak.filter((k) => s.isian[k]).map((k) => ({ latihan: "kuadran", kotak: k, predikat: s.isian[k] })),
  ...PREDIKAT.filter((p) => s.hitung[p]).map((p) => ({ latihan: "titik", predikat: p, orang: s.hitung[p] })),
]);
$("#q-periksa").addEventListener("click", () => Ruang.ubah({ diperiksa: true }));
$("#q-cek").addEventListener("click", () => Ruang.ubah({ dihitung: true }));
ikat("#q-dari", "dari", "change"); ikat("#q-ke", "ke", "change"); ikat("#q-organisasi", "organisasi", "change");
for (const n of [1, 5]) $(`#q-p${n}`).addEventListener("click", () => {
  const { dari, ke, titik } = Ruang.isi, k = Math.min(n, titik[dari]);
  if (dari === ke || !k) { $("#q-pindah").textContent = dari === ke ? "Pilih dua kotak yang berbeda." : "Kotak asal sudah kosong."; return; }
  Ruang.ubah({ titik: { ...titik, [dari]: titik[dari] - k, [ke]: titik[ke] + k }, dihitung: false });
  $("#q-pindah").textContent = `${k} orang pindah: ${label(predikatUntuk(...dari.split("|")))} menjadi ${label(predikatUntuk(...ke.split("|")))}.`;
});
