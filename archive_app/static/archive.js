// Enhancement only: every page works without this file. No libraries, no other host; it remembers one thing: whether "/" is off.
(() => {
  'use strict';
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (words) => { const said = $('#said'); said.textContent = ''; setTimeout(() => { said.textContent = words; }, 50); };
  const query = $('#q');
  const form = $('#search');

  // "/" goes to the search box, unless the person is typing or has turned it off (WCAG 2.1.4) with #slash on the help page.
  const off = () => { try { return localStorage.getItem('slash') === 'off'; } catch { return false; } };
  const slash = $('#slash');
  if (slash) {
    slash.checked = !off();
    slash.addEventListener('change', () => { try { localStorage.setItem('slash', slash.checked ? 'on' : 'off'); } catch { /* it is off for this page only */ } });
  }
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || !query || off()) return;
    if (event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')) return;
    event.preventDefault();
    query.focus();
    query.select();
  });

  // The search box suggests as one types: a combobox with a list of addresses. Enter without a choice searches as ever.
  const suggest = () => {
    const list = document.createElement('ul');
    list.id = 'suggestions';
    list.className = 'suggestions';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', 'Suggestions');
    list.hidden = true;
    query.parentElement.append(list);
    for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', list.id]]) query.setAttribute(name, value);
    let waiting = 0;
    let asking = null;
    let chosen = -1;
    const choose = (at) => {
      chosen = at;
      [...list.children].forEach((option, number) => option.setAttribute('aria-selected', String(number === at)));
      if (at < 0) { query.removeAttribute('aria-activedescendant'); return; }
      query.setAttribute('aria-activedescendant', list.children[at].id);
      list.children[at].scrollIntoView({ block: 'nearest' });
    };
    const close = () => {
      clearTimeout(waiting);
      asking?.abort();
      choose(-1);
      list.hidden = true;
      query.setAttribute('aria-expanded', 'false');
    };
    const follow = (option) => {
      close();
      if (option.dataset.kind !== 'words') { location.assign(option.dataset.address); return; }
      query.value = option.firstChild.textContent;
      query.form.requestSubmit();
    };
    const show = (suggestions) => {
      if (!suggestions.length) { close(); return; }
      list.replaceChildren(...suggestions.map(({ kind, text, detail, address }, number) => {
        const option = document.createElement('li');
        option.id = `suggestion-${number}`;
        option.setAttribute('role', 'option');
        Object.assign(option.dataset, { kind, address });
        for (const words of [text, detail]) option.append(Object.assign(document.createElement('span'), { textContent: words }));
        option.insertBefore(new Text(' '), option.lastChild);
        return option;
      }));
      choose(-1);
      list.hidden = false;
      query.setAttribute('aria-expanded', 'true');
      say(`${suggestions.length} ${suggestions.length === 1 ? 'suggestion' : 'suggestions'}`);
    };
    const ask = async () => {
      asking?.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(new URL(`suggest?${new URLSearchParams({ q: query.value })}`, query.form.action), { signal: asking.signal });
        if (answer.ok) show((await answer.json()).suggestions);
      } catch { /* the box searches without */ }
    };
    const again = () => {
      clearTimeout(waiting);
      if (query.value.trim().length < 2) close(); else waiting = setTimeout(ask, 120);
    };
    query.addEventListener('input', again);
    query.addEventListener('keydown', (event) => {
      const options = list.children.length;
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      if (list.hidden) { if (event.key === 'ArrowDown') again(); return; }
      if (event.key === 'ArrowDown') choose(chosen + 1 < options ? chosen + 1 : -1);
      else if (event.key === 'ArrowUp') choose(chosen < 0 ? options - 1 : chosen - 1);
      else if (event.key === 'Enter' && chosen >= 0) follow(list.children[chosen]);
      else if (event.key === 'Escape') close();
      else return;
      event.preventDefault();
    });
    query.addEventListener('blur', close);
    query.form.addEventListener('submit', close);
    list.addEventListener('mousedown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => { const option = event.target.closest('li'); if (option) follow(option); });
  };
  if (query) suggest();

  // "cite" copies "TN 064-23, paragraph 5" and its address; without script it is a link to the paragraph.
  document.addEventListener('click', (event) => {
    const cite = event.target.closest('a.cite');
    if (!cite || !navigator.clipboard || event.ctrlKey || event.metaKey) return;
    const words = `${$('.title-block .ref').textContent}, paragraph ${cite.dataset.number}`;
    navigator.clipboard.writeText(`${words}, ${cite.href}`).then(() => {
      const label = cite.firstChild;
      const before = label.data;
      label.data = 'copied';
      say(`Copied: ${words}`);
      setTimeout(() => { label.data = before; }, 2000);
    }, () => {});
  });

  // The filters: open on desks so that what is seen and what is announced agree; folded on phones.
  const desk = matchMedia('(min-width: 62em)');
  const fold = () => $$('.filters, .facet').forEach((details) => { details.open = desk.matches; });
  if ($('.filters') && CSS.supports('selector(::details-content)')) { fold(); desk.addEventListener('change', fold); }

  // A long list of officers gets a box that narrows it.
  const foldLetters = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const narrow = () => $$('[data-filter]').forEach((details) => {
    if ($('input[type=text]', details)) return;
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'text';
    label.append(details.dataset.filter, box);
    $('summary', details).after(label);
    box.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault(); });
    box.addEventListener('input', () => {
      const wanted = foldLetters(box.value.trim());
      const ticks = $$('.tick', details);
      ticks.forEach((tick) => { tick.hidden = !foldLetters(tick.children[1].textContent).includes(wanted); });
      say(`${ticks.filter((tick) => !tick.hidden).length} shown`);
    });
  });
  narrow();

  // A ticked filter applies at once: same address, same page, only what changed is replaced; focus and place stay.
  // On phones the Apply button is kept, so that several can be ticked before anything moves.
  if (!form || !$('#results')) return;
  // New counts, and values that come and go; what was unfolded, typed and focused stays.
  const renew = (fresh) => {
    const at = document.activeElement?.matches('.tick input') ? document.activeElement : null;
    $$('.facet').forEach((facet) => {
      const next = document.importNode($(`#${facet.id}`, fresh), true);
      const unfolded = $('.more', facet)?.open;
      const typed = $('.more input[type=text]', facet)?.value;
      $('summary', facet).replaceWith($('summary', next));
      $('fieldset', facet).replaceWith($('fieldset', next));
      if (unfolded && $('.more', facet)) $('.more', facet).open = true;
      narrow();
      const box = $('.more input[type=text]', facet);
      if (typed && box) { box.value = typed; box.dispatchEvent(new Event('input')); }
    });
    const again = at && $$(`input[name="${at.name}"]`).find((input) => input.value === at.value);
    if (again) { again.closest('.more')?.setAttribute('open', ''); again.focus({ preventScroll: true }); }
  };
  let asked = null;
  const show = async (address) => {
    asked?.abort();
    asked = new AbortController();
    const results = $('#results');
    const place = scrollY;
    results.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: 'text/html' } });
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!answer.ok || !$('#results', fresh)) throw new Error('not a page of results');
      $('#found').replaceWith($('#found', fresh));
      results.replaceWith($('#results', fresh));
      renew(fresh);
      document.title = fresh.title;
      history.pushState(null, '', address);
      scrollTo({ top: place, behavior: 'instant' });
      say($('h1').textContent);
    } catch (error) {
      if (error.name !== 'AbortError') location.assign(address);
    }
  };
  addEventListener('popstate', () => location.reload());
  document.addEventListener('change', (event) => {
    if (!desk.matches || !event.target.matches('.tick input')) return;
    const wanted = new URLSearchParams(new FormData(form));
    if (!wanted.get('q')) wanted.delete('q');
    show(`${form.action}?${wanted}`);
  });
  document.documentElement.classList.add('live');
})();
