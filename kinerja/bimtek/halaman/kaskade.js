const SIMPUL = Object.fromEntries(DATA.simpul.map((x) => [x.kode, x])), SOAL = DATA.soal;
const JENJANG = DATA.jenjang, terbuka = new Set(DATA.simpul.filter((x) => JENJANG.indexOf(x.jenjang) < 3).map((x) => x.kode));
const induk = (s, k) => s.pilihan[k] || (SIMPUL[k].induk in SIMPUL ? SIMPUL[k].induk : "");
const sampaiVisi = (s, k) => { const dilalui = new Set(); while (k && !dilalui.has(k)) { if (SIMPUL[k].jenjang === JENJANG[0]) return true; dilalui.add(k); k = induk(s, k); } return false; };
const sebutJenjang = (x) => [label(x.jenjang), x.opd, x.indikator].filter(Boolean).join(" · ");
const cabang = (s, anak, k) => {
  const x = SIMPUL[k], bawah = anak[k] ?? [];
  const isi = [el("b", {}, x.kode), " ", x.uraian, el("span", { class: "ket" }, ` ${sebutJenjang(x)}`), SOAL.some((q) => q.kode === k) ? el("span", { class: "patah" }, s.pilihan[k] ? " disambung meja Anda" : " patah") : null];
  if (!bawah.length) return el("li", {}, el("div", { class: "daun" }, ...isi));
  return el("li", {}, el("details", { open: terbuka.has(k), ontoggle: (e) => { if (e.target.open) terbuka.add(k); else terbuka.delete(k); } }, el("summary", {}, ...isi, el("span", { class: "ket" }, ` (${bawah.length})`)), el("ul", {}, bawah.map((a) => cabang(s, anak, a)))));
};
const gambar = (s, penuh) => {
  const anak = {}, akar = [], lepas = [];
  for (const x of DATA.simpul) { const i = induk(s, x.kode); if (i) (anak[i] ??= []).push(x.kode); }
  const terlihat = new Set(), jelajah = (k) => { if (terlihat.has(k)) return; terlihat.add(k); (anak[k] ?? []).forEach(jelajah); };
  for (const x of DATA.simpul) if (!induk(s, x.kode)) { (x.jenjang === JENJANG[0] ? akar : lepas).push(x.kode); jelajah(x.kode); }
  const lingkar = SOAL.map((q) => q.kode).filter((k) => !terlihat.has(k));
  for (const k of lingkar) anak[induk(s, k)] = anak[induk(s, k)].filter((a) => a !== k); // a circle is cut where it was broken, so that it can be shown
  ganti($("#p-pohon"), el("h3", {}, "Sampai ke visi"), el("ul", {}, akar.map((k) => cabang(s, anak, k))),
    lepas.length + lingkar.length ? [el("h3", {}, "Tidak sampai ke visi"), el("ul", { class: "lepas" }, [...lepas, ...lingkar].map((k) => cabang(s, anak, k)))] : el("p", { class: "pesan" }, "Semua simpul sampai ke visi. Tepatkah sambungannya? Periksa di bawah."));
  const sampai = DATA.simpul.filter((x) => sampaiVisi(s, x.kode)).length;
  $("#p-sambung").textContent = `${sampai} dari ${DATA.simpul.length} simpul sampai ke visi.`;
  if (penuh) {
    ganti($("#p-soal"), SOAL.map((q, i) => {
      const x = SIMPUL[q.kode], atas = JENJANG[JENJANG.indexOf(x.jenjang) - 1];
      const calon = DATA.simpul.filter((y) => y.jenjang === atas);
      return el("div", { class: "kartu dua" }, el("div", {}, el("div", {}, el("b", {}, `${i + 1}. ${q.kode}`), ` ${x.uraian}`, el("span", { class: "ket" }, ` ${sebutJenjang(x)}`)), el("div", { class: "ket" }, `${q.cacat}. Sekarang: ${x.induk || "kosong"}${x.induk && !(x.induk in SIMPUL) ? " (tidak ada)" : ""}.`)),
        el("div", {}, el("label", { for: `p-i-${i}` }, `Induknya (${label(atas).toLowerCase()})`), el("select", { id: `p-i-${i}`, onchange: (e) => { const p = { ...Ruang.isi.pilihan, [q.kode]: e.target.value }; if (!e.target.value) delete p[q.kode]; delete hasil[q.kode]; Ruang.ubah({ pilihan: p }); } },
          el("option", { value: "" }, "belum dipilih"), calon.map((y) => el("option", { value: y.kode, selected: s.pilihan[q.kode] === y.kode }, `${y.kode} ${y.uraian}${y.opd ? ` (${y.opd})` : ""}`))), el("div", { "data-soal": q.kode, role: "status" })));
    }));
  }
  for (const q of SOAL) ganti($(`[data-soal="${q.kode}"]`), q.kode in hasil && s.pilihan[q.kode] ? hasilPeriksa(hasil[q.kode]) : null);
};
let hasil = {};
// the answer is only comparable: a slow salted hash of code and parent
const cocok = async (q, pilihan) => {
  const teks = new TextEncoder(), kunci = await crypto.subtle.importKey("raw", teks.encode(`${q.kode}\n${pilihan}`), "PBKDF2", false, ["deriveBits"]);
  const garam = Uint8Array.from(atob(q.garam), (c) => c.charCodeAt(0));
  const bit = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: garam, iterations: DATA.putaran }, kunci, 128);
  return btoa(String.fromCharCode(...new Uint8Array(bit))) === q.sidik;
};
Ruang.mulai({ pilihan: {} }, (s, penuh) => { if (penuh) hasil = {}; gambar(s, penuh); }, (s) => SOAL.filter((q) => s.pilihan[q.kode]).map((q) => ({ latihan: "kaskade", kode: q.kode, induk: s.pilihan[q.kode] })));
$("#p-periksa").addEventListener("click", async (e) => {
  const isi = SOAL.filter((q) => Ruang.isi.pilihan[q.kode]);
  if (!globalThis.crypto?.subtle) { $("#p-nilai").textContent = "Peramban ini tidak dapat memeriksa halaman dari berkas. Simpan jawaban dan serahkan kepada pelatih."; return; }
  if (!isi.length) { $("#p-nilai").textContent = "Belum ada yang dipilih."; return; }
  e.target.disabled = true;
  $("#p-nilai").textContent = "Memeriksa …";
  for (const q of isi) hasil[q.kode] = await cocok(q, Ruang.isi.pilihan[q.kode]);
  e.target.disabled = false;
  const tepat = isi.filter((q) => hasil[q.kode]).length;
  $("#p-nilai").textContent = `${tepat} tepat dari ${isi.length} yang dipilih; soalnya ${SOAL.length}.`;
  gambar(Ruang.isi);
});
for (const [id, buka] of [["#p-buka", true], ["#p-tutup", false]]) $(id).addEventListener("click", () => { for (const d of semua("#p-pohon details")) d.open = buka; });
