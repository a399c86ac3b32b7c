namespace Search.EndToEnd.Tests.Browser;

/// <summary>A small scanner that runs in the page and lists what it finds wrong, one line a fault.</summary>
internal static class AccessibilityScan
{
    /// <summary>WCAG 2.2 AA: 1.1.1, 1.3.1, 1.4.3, 3.1.1, 4.1.2. Contrast is computed over the nearest opaque background.</summary>
    public const string Script =
        """
        () => {
          const faults = [];
          const shown = element => element.checkVisibility({ checkVisibilityCSS: true, opacityProperty: true }) && !element.closest('[aria-hidden="true"]');
          const name = element => {
            const by = element.getAttribute('aria-labelledby');
            if (by) return by.split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ').trim();
            const label = element.getAttribute('aria-label') ?? [...element.labels ?? []].map(l => l.textContent).join(' ');
            return (label || (element.matches('input, select') ? '' : element.textContent) || '').trim();
          };
          const describe = element => element.outerHTML.slice(0, 100);

          for (const image of document.images) if (!image.alt && shown(image)) faults.push(`no alt: ${describe(image)}`);
          for (const control of document.querySelectorAll('a[href], button, input, select, summary, [role="slider"], [tabindex="0"], dialog[open], [role="group"]'))
            if (shown(control) && !name(control)) faults.push(`no name: ${describe(control)}`);
          for (const svg of document.querySelectorAll('svg')) if (svg.getAttribute('aria-hidden') !== 'true') faults.push(`svg is read out: ${describe(svg)}`);

          const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
          for (const id of new Set(ids.filter((value, index) => ids.indexOf(value) !== index))) faults.push(`id twice: ${id}`);
          const headings = [...document.querySelectorAll('h1')].filter(shown);
          if (headings.length !== 1) faults.push(`${headings.length} headings of the first level`);
          if (document.querySelectorAll('main').length !== 1) faults.push('there must be one main');
          if (!document.documentElement.lang) faults.push('no language');
          if (!document.title) faults.push('no title');
          for (const live of ['[role="status"]']) if (!document.querySelector(live)) faults.push(`nothing announces: ${live}`);

          const channels = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
          const luminance = colour => {
            const [r, g, b] = channels(colour).slice(0, 3).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const background = element => {
            for (let e = element; e; e = e.parentElement) {
              const colour = getComputedStyle(e).backgroundColor;
              const alpha = channels(colour)[3] ?? 1;
              if (alpha === 1) return colour;
            }
            return getComputedStyle(document.documentElement).backgroundColor;
          };
          const scope = document.querySelector('dialog[open]') ?? document.body;
          const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
          let measured = 0;
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || element.matches('script, style, noscript, option') || !element.checkVisibility() || element.closest('.visually-hidden, :disabled')) continue;
            const style = getComputedStyle(element);
            const [dark, light] = [luminance(style.color), luminance(background(element))].sort((a, b) => a - b);
            const ratio = (light + 0.05) / (dark + 0.05);
            const size = parseFloat(style.fontSize);
            const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
            measured++;
            if (ratio < least) faults.push(`contrast ${ratio.toFixed(2)} < ${least}: ${describe(element)}`);
          }
          if (measured < 3) faults.push(`only ${measured} texts were measured`);
          return faults;
        }
        """;
}
