"""Pay that follows performance and discipline.

`daftar()` lists the schemes, `hitung(data, skema, tanggal, ...)` pays everyone, `bagi(hasil)` divides the whole
cut without an order; `kinerja.jelaskan(hasil, (nip, bulan))` explains a slip.
"""

from kinerja.tukin.bayar import Pembayaran, bagi, hitung
from kinerja.tukin.skema import BAGIAN, POTONGAN, daftar

__all__ = ["BAGIAN", "POTONGAN", "Pembayaran", "bagi", "daftar", "hitung"]
