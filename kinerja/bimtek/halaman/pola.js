// Whether n people of a group, among `total`, meet one rule of the pattern (kinerja/regulasi/sebaran.py)
const memenuhiPola = (a, n, jumlah, total) => {
  switch (a.aturan) {
    case "ada": return n >= 1;
    case "terbanyak": return n > 0 && n === Math.max(...Object.values(jumlah));
    case "paling_banyak": return 100 * n <= a.persen * total;
    default: return 100 * n >= a.persen * total;
  }
};
