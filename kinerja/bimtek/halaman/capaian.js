const BATAS_CAPAIAN = Object.fromEntries(Object.entries(DATA.batas).map(([k, b]) => [k, { ...b, bawah: hidup(b.bawah), atas: hidup(b.atas), skala_stabil: b.skala_stabil && b.skala_stabil.map((t) => t.map(hidup)) }]));
const SOAL = DATA.soal;
const ISIAN = ["target", "target_atas", "terburuk", "realisasi"];
const NAMA = { target: "Target", target_atas: "Batas atas target", terburuk: "Realisasi terburuk", realisasi: "Realisasi" };
const hargaKini = (s) => {
  const isi = {}, salah = [];
  for (const n of ISIAN) {
    const perlu = n === "realisasi" || RUMUS[s.rumus].argumen.includes(n);
    if (!perlu) continue;
    const x = bacaAngka(s[n]);
    if (x === undefined) salah.push(`${NAMA[n]}: “${s[n]}” bukan angka. Tulis misalnya 87,5.`);
    else if (x === null) salah.push(`${NAMA[n]} belum diisi.`);
    else if (x[0] < 0n && !(s.rumus === "maks_target_negatif" && n !== "terburuk")) salah.push(`${NAMA[n]} negatif: belum ada ketentuan untuk rumus ini.`);
    else isi[n] = x;
  }
  if (isi.target && isi.target[0] >= 0n && s.rumus === "maks_target_negatif") salah.push("Rumus ini hanya untuk target negatif, misalnya −5.");
  if (isi.target && isi.target[0] === 0n) salah.push("Target nol: pembagi nol. Untuk makin kecil makin baik pilih rumus “target nol” dan isi realisasi terburuk.");
  if (isi.target && isi.target_atas && lebihBesar(isi.target, isi.target_atas)) salah.push("Batas atas target lebih kecil daripada batas bawahnya.");
  return { isi, salah };
};
const kurva = (s, isi, batas) => {
  const L = 640, T = 300, kiri = 62, bawah = 250, atas = 22;
  const r = keNumber(isi.realisasi), acuan = Math.max(Math.abs(keNumber(isi.target ?? isi.terburuk)), Math.abs(keNumber(isi.target_atas ?? [0n, 1n])), 1e-9);
  const [x0, x1] = s.rumus === "maks_target_negatif" ? [-2 * acuan, acuan] : [0, Math.max(2 * acuan, r * 1.05)];
  const titik = [];
  for (let i = 0; i <= 160; i++) {
    const x = x0 + ((x1 - x0) * i) / 160, h = hitungCapaian(s.rumus, { ...isi, realisasi: bil(BigInt(Math.round(x * 1e6)), 1000000n) }, batas).capaian;
    if (h) titik.push([x, Math.max(-20, Math.min(220, keNumber(h)))]);
  }
  const puncak = Math.max(130, ...titik.map((t) => t[1])), dasar = Math.min(0, ...titik.map((t) => t[1]));
  const X = (x) => kiri + ((x - x0) / (x1 - x0)) * (L - kiri - 15), Y = (y) => bawah - ((y - dasar) / (puncak - dasar)) * (bawah - atas);
  const ns = (tag, isiNya, teks) => { const e = document.createElementNS("http://www.w3.org/2000/svg", tag); for (const [k, v] of Object.entries(isiNya)) e.setAttribute(k, v); if (teks) e.textContent = teks; return e; };
  const h = hitungCapaian(s.rumus, isi, batas).capaian;
  const svg = ns("svg", { viewBox: `0 0 ${L} ${T}`, role: "img", "aria-label": `Kurva capaian menurut realisasi. Pada realisasi ${tulisAngka(isi.realisasi)} capaiannya ${tampilPersen(h)}.`, style: "width:100%;height:auto;background:#fff" });
  for (const y of [0, 100, 120].filter((v) => v <= puncak)) {
    svg.append(ns("line", { x1: kiri, x2: L - 10, y1: Y(y), y2: Y(y), stroke: y === 100 ? "#111" : "#767b80", "stroke-width": y === 100 ? 2 : 1, "stroke-dasharray": y === 120 ? "6 5" : "none" }), ns("text", { x: kiri - 8, y: Y(y) + 6, "text-anchor": "end", "font-size": 18 }, String(y)));
  }
  svg.append(ns("polyline", { points: titik.map(([x, y]) => `${X(x)},${Y(y)}`).join(" "), fill: "none", stroke: "#1f3a5f", "stroke-width": 4 }));
  if (isi.target) svg.append(ns("line", { x1: X(keNumber(isi.target)), x2: X(keNumber(isi.target)), y1: atas, y2: bawah, stroke: "#8a4b00", "stroke-width": 2, "stroke-dasharray": "3 4" }), ns("text", { x: X(keNumber(isi.target)), y: atas - 5, "text-anchor": "middle", "font-size": 17 }, "target"));
  if (h && r >= x0 && r <= x1) svg.append(ns("circle", { cx: X(r), cy: Y(Math.max(-20, Math.min(220, keNumber(h)))), r: 9, fill: "#fff", stroke: "#111", "stroke-width": 4 }));
  svg.append(ns("line", { x1: kiri, x2: L - 10, y1: bawah, y2: bawah, stroke: "#111", "stroke-width": 2 }), ns("text", { x: (kiri + L) / 2, y: T - 12, "text-anchor": "middle", "font-size": 18 }, "realisasi"), ns("text", { x: kiri, y: T - 30, "text-anchor": "middle", "font-size": 16 }, angkaPendek(x0)), ns("text", { x: L - 15, y: T - 30, "text-anchor": "end", "font-size": 16 }, angkaPendek(x1)));
  return svg;
};
const angkaPendek = (x) => tulisAngka(bulat(bil(BigInt(Math.round(x * 1e6)), 1000000n), bil(2n)));
const tampilPersen = (x) => (x ? `${tulisAngka(bulat(x, bil(2n)))} %` : "tidak terdefinisi");

const gambar = (s, penuh) => {
  if (penuh) {
    $("#c-rumus").value = s.rumus;
    for (const n of ISIAN) $(`#c-${n}`).value = s[n];
    ganti($("#c-batas"), Object.entries(BATAS_CAPAIAN).map(([k, b]) => el("label", {}, el("input", { type: "radio", name: "batas", value: k, checked: k === s.batas, onchange: () => Ruang.ubah({ batas: k }) }), b.nama)));
    ganti($("#c-soal"), SOAL.map((x) => el("tr", {}, el("th", { scope: "row" }, x.indikator, el("div", { class: "ket" }, x.keterangan)), el("td", { class: "n" }, x.target), el("td", { class: "n" }, x.realisasi),
      el("td", {}, el("input", { type: "text", inputmode: "decimal", maxlength: 10, size: 7, autocomplete: "off", "aria-label": `Capaian soal ${x.nomor}`, value: s.latihan[x.nomor] ?? "", oninput: (e) => Ruang.ubah({ latihan: { ...Ruang.isi.latihan, [x.nomor]: e.target.value }, diperiksa: false }) })), el("td", { "data-soal": x.nomor }))));
  }
  for (const e of semua("[data-perlu]")) e.hidden = !RUMUS[s.rumus].argumen.includes(e.dataset.perlu);
  const { isi, salah } = hargaKini(s), batas = BATAS_CAPAIAN[s.batas];
  $("#c-salah").textContent = salah.join(" ");
  const acuan = isi.target ?? isi.terburuk;
  $("#c-geser").disabled = Boolean(salah.length);
  if (!salah.length && document.activeElement !== $("#c-geser")) $("#c-geser").value = String(Math.round(keNumber(bagi(isi.realisasi, acuan)) * 100));
  if (salah.length) { ganti($("#c-hasil"), el("p", { class: "ket" }, "Lengkapi isian di sebelah kiri.")); ganti($("#c-kurva")); }
  else {
    const h = hitungCapaian(s.rumus, isi, batas), r = RUMUS[s.rumus];
    const nilai = r.isi.replace(/\{(\w+)\}/g, (_, n) => tulisAngka(isi[n]));
    const dibatasi = h.mentah && h.capaian && (lebihBesar(h.mentah, h.capaian) || lebihKecil(h.mentah, h.capaian));
    ganti($("#c-hasil"), el("div", { class: "kartu sorot" },
      el("div", { class: "ket" }, "Capaian"), el("div", { class: "besar" }, tampilPersen(h.capaian)),
      el("div", {}, h.capaian ? (h.tercapai ? "Target tercapai (100 % atau lebih)." : "Target belum tercapai.") : s.rumus === "stabil" ? "Rumus stabil belum ditetapkan untuk skala ini." : "Pembagi nol: rumus tidak terdefinisi."),
      el("p", {}, el("b", {}, "Rumus: "), r.rumus), el("p", {}, el("b", {}, "Dengan nilai: "), nilai),
      dibatasi ? el("p", {}, s.rumus === "stabil" ? `Kedekatan dengan target lalu dibaca pada skala ${batas.nama}.` : `Tanpa batas ${tampilPersen(h.mentah)}; pada skala ini menjadi ${tampilPersen(h.capaian)}.`) : null,
      el("p", { class: "ket" }, `${r.dasar} [${r.status}]. Skala: ${batas.dasar} [${batas.status}]`)));
    ganti($("#c-kurva"), kurva(s, isi, batas));
  }
  let benar = 0;
  for (const x of SOAL) {
    const jawab = bacaAngka(s.latihan[x.nomor] ?? ""), h = hitungCapaian(x.rumus, Object.fromEntries(Object.entries(x.isi).map(([k, v]) => [k, bacaAngka(v)])), BATAS_CAPAIAN[DATA.batas_soal]);
    const tepat = Boolean(jawab) && tulisAngka(bulat(jawab, bil(2n))) === tulisAngka(h.tampil);
    benar += tepat;
    ganti($(`[data-soal="${x.nomor}"]`), s.diperiksa ? (jawab === null ? el("span", { class: "ket" }, "kosong") : jawab === undefined ? hasilPeriksa(false, "bukan angka") : hasilPeriksa(tepat)) : null);
  }
  $("#c-nilai").textContent = s.diperiksa ? `${benar} dari ${SOAL.length} tepat.` : "";
};
Ruang.mulai({ ...DATA.awal, latihan: {}, diperiksa: false }, gambar, (s) => SOAL.filter((x) => (s.latihan[x.nomor] ?? "").trim()).map((x) => ({ latihan: "capaian", nomor: x.nomor, capaian: s.latihan[x.nomor] })));
$("#c-rumus").addEventListener("change", (e) => {
  const contoh = DATA.contoh[e.target.value];
  Ruang.ubah({ rumus: e.target.value, ...contoh });
  for (const n of ISIAN) $(`#c-${n}`).value = Ruang.isi[n];
});
for (const n of ISIAN) ikat(`#c-${n}`, n);
$("#c-geser").addEventListener("input", (e) => {
  const { isi } = hargaKini(Ruang.isi), acuan = isi.target ?? isi.terburuk;
  if (!acuan) return;
  const r = tulisAngka(bulat(bagi(kali(acuan, bil(BigInt(e.target.value))), bil(100n)), bil(2n)));
  $("#c-realisasi").value = r;
  Ruang.ubah({ realisasi: r });
});
$("#c-periksa").addEventListener("click", () => Ruang.ubah({ diperiksa: true }));
