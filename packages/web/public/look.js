// Before the first paint: the look that was chosen here last, so that a dark room never flashes white.
// An own file because the content security policy allows no inline script.
(() => {
  try {
    const kept = JSON.parse(localStorage.getItem('rill:look') || '{}');
    const root = document.documentElement;
    if (kept.theme === 'light' || kept.theme === 'dark') root.dataset.theme = kept.theme;
    if (kept.contrast === 'more') root.dataset.contrast = 'more';
    if (kept.locale === 'zh-CN' || kept.locale === 'en') root.lang = kept.locale;
  } catch {
    // No storage, or something else's in it: the system's own look.
  }
})();
