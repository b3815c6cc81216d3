// Light, dark, or as the system has it.

function remembered(value) {
  try {
    if (value === undefined) return localStorage.getItem("dragoman-theme");
    localStorage.setItem("dragoman-theme", value);
  } catch { /* a page opened from disk may have no storage */ }
  return null;
}

function setTheme(theme) {
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = theme;
  $("theme").textContent = `theme: ${theme}`;
}

function buildTheme() {
  const order = ["auto", "dark", "light"];
  let theme = order.includes(remembered()) ? remembered() : "auto";
  setTheme(theme);
  $("theme").addEventListener("click", () => {
    theme = order[(order.indexOf(theme) + 1) % order.length];
    setTheme(theme);
    remembered(theme);
  });
}
