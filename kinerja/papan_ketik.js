// ipywidgets names its sliders for the eye only, a screen reader asks the handle itself; and JupyterLab takes arrows
// and letters on a list or a button for its own shortcuts (arrow down would leave for the next cell, x would cut it);
// where the keys are is shown by a frame that is seen from afar.
window.kinerjaPapanKetik ??= (() => {
  const benahi = () => {
    for (const e of document.querySelectorAll(
      ".widget-vbox :is(a, button, input, select, .noUi-handle):not([data-lm-suppress-shortcuts])"))
      e.setAttribute("data-lm-suppress-shortcuts", "true");
    for (const t of [...document.querySelectorAll(".widget-upload")].map((b) => b.lastChild))
      if (t?.data?.endsWith(" (0)")) t.data = t.data.slice(0, -4); // how many files are open is no news
    for (const g of document.querySelectorAll(".widget-slider .noUi-handle:not([aria-label])")) {
      const alat = g.closest(".widget-slider"), nama = alat.querySelector(".widget-label")?.textContent;
      if (!nama) continue;
      g.setAttribute("aria-label", nama);
      const angka = alat.querySelector(".widget-readout[contenteditable=true]");
      if (angka) { angka.setAttribute("role", "textbox"); angka.setAttribute("aria-label", `${nama}, ketik angkanya`); }
    }
  };
  const gaya = document.createElement("style");
  gaya.textContent = ".widget-vbox :focus-visible { outline: 3px solid #b45f00 !important; outline-offset: -1px }";
  document.head.append(gaya);
  new MutationObserver(benahi).observe(document.body, { childList: true, subtree: true });
  benahi();
  return true;
})();
