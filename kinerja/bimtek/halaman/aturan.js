// Runs a graph that kinerja/bimtek/javascript.py wrote, and explains it step by step as `kinerja.aturan.jelaskan` does.
const label = (kode) => {
  if (kode === null || kode === undefined) return "–";
  if (kode !== kode.toLowerCase()) return kode;
  const t = kode.replaceAll("_", " ");
  return LABEL[kode] ?? t.charAt(0).toUpperCase() + t.slice(1);
};
const siapkan = (graf) => {
  for (const p of Object.values(graf.parameter)) p.nilai = hidup(p.nilai);
  return graf;
};
// usul: name of a scalar parameter -> its value in a proposal; status and source then say so
const jalankan = (graf, masukan, usul = {}) => {
  const parameter = { ...graf.parameter };
  for (const [n, nilai] of Object.entries(usul)) {
    if (nilai[0] * parameter[n].nilai[1] === parameter[n].nilai[0] * nilai[1]) continue;
    parameter[n] = { ...parameter[n], nilai, dasar: "Usulan: nilai yang Anda geser", status: "asumsi", butir: {} };
  }
  const kolom = { ...masukan };
  for (const a of graf.aturan) kolom[a.nama] = a.hitung(...a.argumen.map((n) => (n in kolom ? kolom[n] : parameter[n].nilai)));
  return { graf, parameter, kolom };
};
const tampilNilai = (x, kata = false) => {
  if (!tahu(x)) return kata ? "–" : "belum diketahui";
  if (typeof x === "string") return label(x);
  return terbagi(x) ? tulisAngka(x) : `≈ ${tulisAngka(x, 4)}`;
};
const denganSatuan = (teks, satuan) => {
  if (teks === "belum diketahui" || ["predikat", "rating", "teks", "pengali"].includes(satuan)) return teks;
  return satuan === "rupiah" ? `Rp${teks}` : `${teks} ${satuan === "persen" ? "%" : satuan}`;
};
const jelaskan = (hasil, hanya) => hasil.graf.aturan.filter((a) => !hanya || hanya.includes(a.nama)).map((a) => {
  const nilai = (n) => (n in hasil.kolom ? tampilNilai(hasil.kolom[n], hasil.graf.kata.includes(n)) : typeof hasil.parameter[n].nilai === "string" ? label(hasil.parameter[n].nilai).toLowerCase() : tulisAngka(hasil.parameter[n].nilai));
  const isi = a.isi.replace(/\{([^}]*)\}/g, (_, dalam) => {
    const [n, ...kunci] = dalam.split("|");
    if (!kunci.length) return nilai(n);
    let x = hasil.parameter[n].nilai;
    for (const k of kunci) x = tahu(hasil.kolom[k]) && x ? x[kunciTabel(hasil.kolom[k])] : null;
    return tahu(x) ? (typeof x === "string" ? label(x) : tulisAngka(x)) : "belum diketahui";
  });
  const asal = a.argumen.filter((n) => n in hasil.parameter).map((n) => {
    const p = hasil.parameter[n], kunci = (a.dicari[n] || []).map((k) => kunciTabel(hasil.kolom[k])).join("|");
    return { dasar: p.dasar, status: p.status, ...(p.butir[kunci] || {}) };
  });
  const unik = (x) => [...new Set(x)];
  return {
    nama: a.nama, label: a.label, rumus: a.rumus, isi,
    hasil: denganSatuan(tampilNilai(hasil.kolom[a.nama], hasil.graf.kata.includes(a.nama)), a.satuan),
    dasar: unik([a.dasar, ...asal.map((x) => x.dasar)]).join("; "),
    status: unik([a.status, ...asal.map((x) => x.status)]).join(", "),
    akhir: hasil.graf.akhir.includes(a.nama),
  };
});
