// Before the first paint: the look chosen here last, and by the build's lists what the first screen will need.
(() => {
  const lists = document.currentScript.dataset;
  const root = document.documentElement;
  let kept = {};
  let isInside = false;
  try {
    kept = JSON.parse(localStorage.getItem('rill:look')) || kept;
    isInside = localStorage.getItem('rill:inside') === 'true';
  } catch {
    // No storage, or something else's in it.
  }
  if (kept.theme === 'light' || kept.theme === 'dark') root.dataset.theme = kept.theme;
  if (kept.contrast === 'more') root.dataset.contrast = 'more';
  if (kept.locale === 'zh-CN' || kept.locale === 'en') root.lang = kept.locale;
  const spoken = [kept.locale, ...navigator.languages].find((tag) => /^(zh|en)/i.test(tag || '')) || 'en';
  const language = /^zh/i.test(spoken) ? 'Zh' : 'En';
  for (const list of [`words${language}`, `${isInside ? 'inside' : 'outside'}${language}`]) {
    for (const href of (lists[list] || '').split(' ').filter(Boolean)) {
      const link = document.createElement('link');
      link.rel = 'modulepreload';
      link.href = href;
      document.head.append(link);
    }
  }
  // Times will be told: the first format takes as long as all scripts, which are on their way now.
  if (isInside) new Intl.DateTimeFormat(spoken);
})();
