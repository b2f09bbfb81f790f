// Exact fractions on BigInt: [n, d] with d > 0 and nothing in common; null is unknown, and travels along.
// The words are those of kinerja/pecahan.py, for one row instead of a column.
const fpb = (a, b) => { a = a < 0n ? -a : a; while (b) [a, b] = [b, a % b]; return a; };
const sederhana = (n, d) => {
  if (d === 0n) return null;
  if (d < 0n) [n, d] = [-n, -d];
  const g = fpb(n, d) || 1n;
  return [n / g, d / g];
};
const bil = (n, d = 1n) => sederhana(BigInt(n), BigInt(d));
const tahu = (...x) => x.every((v) => v !== null && v !== undefined);
const dua = (f) => (a, b) => (tahu(a, b) ? f(a, b) : null);
const tambah = dua(([a, b], [c, d]) => sederhana(a * d + c * b, b * d));
const kurang = dua(([a, b], [c, d]) => sederhana(a * d - c * b, b * d));
const kali = dua(([a, b], [c, d]) => sederhana(a * c, b * d));
const bagi = dua(([a, b], [c, d]) => sederhana(a * d, b * c));
const lebihKecil = dua(([a, b], [c, d]) => a * d < c * b);
const palingBanyak = dua(([a, b], [c, d]) => a * d <= c * b);
const lebihBesar = dua(([a, b], [c, d]) => a * d > c * b);
const palingSedikit = dua(([a, b], [c, d]) => a * d >= c * b);
const dan = dua((a, b) => a && b);
const atau = dua((a, b) => a || b);
const terkecil = dua((a, b) => (palingBanyak(a, b) ? a : b));
const terbesar = dua((a, b) => (palingSedikit(a, b) ? a : b));
const pilih = (syarat, ya, tidak) => (tahu(syarat) ? (syarat ? ya : tidak) : null);
// half up, away from zero below zero
const bulat = (x, desimal = bil(0n)) => {
  if (!tahu(x)) return null;
  const s = 10n ** desimal[0], [n, d] = x, m = n < 0n ? -n : n;
  const b = (2n * s * m + d) / (2n * d);
  return sederhana(n < 0n ? -b : b, s);
};
const rupiah = (x) => bulat(x);
const kunciTabel = (k) => (Array.isArray(k) ? (k[1] === 1n ? String(k[0]) : `${k[0]}/${k[1]}`) : k);
const cari = (tabel, ...kunci) => {
  let isi = tabel;
  for (const k of kunci) {
    if (!tahu(k)) return null;
    isi = isi?.[kunciTabel(k)];
    if (isi === undefined) throw new Error(`tabel tidak memuat ${kunciTabel(k)}`);
  }
  return isi;
};
const BATAS = { paling_sedikit: palingSedikit, lebih_dari: lebihBesar, kurang_dari: lebihKecil, paling_banyak: palingBanyak };
const cari_selang = (selang, x) => {
  if (!tahu(x)) return null;
  let hasil = null; // of intervals that overlap the last one counts, as in Python
  for (const s of selang) if (Object.entries(BATAS).every(([kata, f]) => !(kata in s) || f(x, s[kata]))) hasil = s.nilai;
  return hasil;
};
const titik_lurus = (titik, x) => {
  if (!tahu(x)) return null;
  let hasil = titik[0][1];
  for (let i = 1; i < titik.length; i++) {
    const [[x0, y0], [x1, y1]] = [titik[i - 1], titik[i]], tepi = terkecil(x, x1);
    if (lebihBesar(tepi, x0)) hasil = tambah(kali(kurang(tepi, x0), bagi(kurang(y1, y0), kurang(x1, x0))), y0);
  }
  return hasil;
};
// what Python wrote: ["3", "2"] is a number, {daftar: [...]} a list
const hidup = (x) => {
  if (Array.isArray(x)) return bil(x[0], x[1]);
  if (x === null || typeof x !== "object") return x;
  if ("daftar" in x) return x.daftar.map(hidup);
  return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, hidup(v)]));
};
// what a person typed: 1.234,5 or 1234.5 or 12; undefined where it is no number
const bacaAngka = (teks) => {
  let t = String(teks).trim().replace(/\s/g, "").replace(/^Rp/i, "").replace("−", "-");
  if (t === "") return null;
  if (t.includes(",")) t = t.replace(/\./g, "").replace(",", ".");
  else if (/^-?\d{1,3}(\.\d{3})+$/.test(t)) t = t.replace(/\./g, "");
  const m = /^(-?)(\d+)(?:\.(\d+))?$/.exec(t);
  if (!m) return undefined;
  const d = 10n ** BigInt((m[3] || "").length), n = BigInt(m[2] + (m[3] || ""));
  return sederhana(m[1] ? -n : n, d);
};
const keNumber = (x) => Number((x[0] * 10n ** 12n) / x[1]) / 1e12;
// tulisan.angka: thousands with dots, decimal comma; desimal fixes the decimals
const tulisAngka = (x, desimal) => {
  if (!tahu(x)) return "–";
  let y = desimal === undefined ? x : bulat(x, bil(BigInt(desimal)));
  const negatif = y[0] < 0n, n = negatif ? -y[0] : y[0];
  const utuh = String(n / y[1]).replace(/\B(?=(\d{3})+$)/g, ".");
  let ekor = "", sisa = n % y[1];
  while (desimal === undefined ? sisa : ekor.length < desimal) { sisa *= 10n; ekor += sisa / y[1]; sisa %= y[1]; }
  return (negatif ? "-" : "") + utuh + (ekor ? "," + ekor : "");
};
const terbagi = (x) => 10n ** 12n % x[1] === 0n;
