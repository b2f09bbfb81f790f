"""The pay laboratory: what a policy does to people and to the budget.

    from kinerja import simulasi as lab

    orang = lab.buat("provinsi", 10_000, benih=1)
    kini = lab.Skenario("Berlaku", "kemnaker-2024").jalankan(orang)
    usul = lab.geser(kini, {"persen_butuh_perbaikan": 60})
    lab.bandingkan(kini, usul).per("kelas")

`uraikan` takes a change apart, `undi` and `pita` say how much is luck, `sapu` and `cari` move levers, `tebing`, `lorenz`
and `keadilan` measure, `baca` and `tulis` run a YAML file without a notebook, `setahun` pays the nation month by month.
"""

from kinerja.simulasi import slip
from kinerja.simulasi.bandingan import Bandingan, bandingkan
from kinerja.simulasi.nasional import setahun
from kinerja.simulasi.naskah import Naskah, baca
from kinerja.simulasi.pencarian import Temuan, cari, sapu
from kinerja.simulasi.populasi import CAKUPAN, Populasi, buat, dari_data
from kinerja.simulasi.skenario import Hasil, Skenario, jalankan
from kinerja.simulasi.tuas import geser, tuas
from kinerja.simulasi.tulis import tulis
from kinerja.simulasi.ukuran import gini, keadilan, ketepatan, lorenz, ragam, tebing, theil
from kinerja.simulasi.undian import pita, undi
from kinerja.simulasi.upaya import kemiringan
from kinerja.simulasi.uraian import LANGKAH, Uraian, uraikan

__all__ = [
    "CAKUPAN", "LANGKAH", "Bandingan", "Hasil", "Naskah", "Populasi", "Skenario", "Temuan", "Uraian", "baca", "bandingkan",
    "buat", "cari", "dari_data", "geser", "gini", "jalankan", "keadilan", "kemiringan", "ketepatan", "lorenz", "pita",
    "ragam", "sapu", "setahun", "slip", "tebing", "theil", "tuas", "tulis", "undi", "uraikan",
]  # fmt: skip
