// Capaian of one indicator as kinerja/iki/capaian.py: the rule, the scale of "stabil", the bounds, rounded once to show.
const hitungCapaian = (rumus, isi, batas) => {
  const r = RUMUS[rumus];
  let x = r.hitung(...r.argumen.map((n) => isi[n] ?? null));
  if (rumus === "stabil") x = batas.skala_stabil ? titik_lurus(batas.skala_stabil, x) : null;
  const mentah = x;
  if (x && batas.bawah) x = terbesar(x, batas.bawah);
  if (x && batas.atas) x = terkecil(x, batas.atas);
  return { mentah, capaian: x, tampil: bulat(x, bil(2n)), tercapai: x && palingSedikit(x, bil(100n)) };
};
