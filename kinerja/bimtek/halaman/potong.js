// Cut of all late events together, as kinerja/tukin/tpp.py; undefined where the text holds no minutes
const potonganTerlambat = (teks, p) => {
  let jumlah = bil(0n);
  for (const t of teks.split(/[;\n]/).filter((x) => x.trim())) {
    const menit = bacaAngka(t);
    if (!menit || menit[0] < 0n) return undefined;
    let potong = lebihBesar(menit, bil(0n)) ? cari_selang(p.potongan_terlambat, menit) : bil(0n);
    if (potong === null && menit[0] === 60n * menit[1]) potong = p.potongan_terlambat_tepat_60;
    jumlah = tambah(jumlah, potong);
  }
  return jumlah;
};
