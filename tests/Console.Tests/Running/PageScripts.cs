namespace GrpcDcr.Console.Tests.Running;

/// <summary>What tests ask the browser about a page.</summary>
internal static class PageScripts
{
    /// <summary>
    /// Elements that cut off what they contain, that stick out of the window outside of a region that scrolls, or that are animated.
    /// </summary>
    public const string CutOffOrMoving =
        """
        () => {
            const problems = [];
            const tell = (what, e) => problems.push(`${what} ${e.outerHTML.slice(0, 120)}`);
            const width = document.documentElement.clientWidth;
            for (const e of document.querySelectorAll('body, body *')) {
                const isUnseen = !e.checkVisibility() || e.closest('.unseen, .skip, svg');
                const style = getComputedStyle(e);
                if (!isUnseen && /hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1) tell('cut off:', e);
                if (!isUnseen && /hidden|clip/.test(style.overflowY) && e.scrollHeight > e.clientHeight + 1) tell('cut off below:', e);
                if (!isUnseen && e.getBoundingClientRect().right > width + 1 && !e.parentElement.closest('.scroll')) tell('sticks out:', e);
                for (const pseudo of [null, '::before', '::after']) {
                    const moving = getComputedStyle(e, pseudo);
                    if (moving.animationName !== 'none' || /[1-9]/.test(moving.transitionDuration)) tell('moves:', e);
                }
            }
            return problems;
        }
        """;

    /// <summary>
    /// What Tab can reach, in the order of the page: of radio buttons of one name the chosen one, or the first. Regions that scroll are
    /// controls, because arrows move them.
    /// </summary>
    private const string Controls =
        """
        () => {
            const scrolls = e => /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth
                || /auto|scroll/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight;
            const isChosen = e => e.checked || ![...document.getElementsByName(e.name)].some(other => other.checked)
                && document.getElementsByName(e.name)[0] === e;
            const isControl = e => scrolls(e)
                || e.matches('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]');
            const controls = [...document.body.querySelectorAll('*')].filter(e =>
                e.checkVisibility() && !e.disabled && isControl(e) && (e.type !== 'radio' || isChosen(e)));
            const labelOf = e => document.getElementById(e.getAttribute('aria-labelledby')) ?? e.labels?.[0] ?? e;
            const nameOf = e => (e.getAttribute('aria-label') ?? labelOf(e).innerText).trim().replace(/\s+/g, ' ');

        """;

    /// <summary>
    /// How often Tab, or Shift+Tab, must be pressed from here to what a person calls by a name; 0 if that has the focus, -1 if there is no
    /// such thing. Fields of several parts take more. Between the last one and the first one is the browser.
    /// </summary>
    public const string StepsTo = "([name, isBack]) => (" + Controls +
        """
            const here = controls.indexOf(document.activeElement);
            const places = controls.keys().filter(i => nameOf(controls[i]) === name).toArray();
            const way = i => isBack ? here - i : i - here;
            return places.length === 0 ? -1 : Math.min(...places.map(i => (way(i) + controls.length + 1) % (controls.length + 1)));
        })()
        """;

    /// <summary>How far a choice of the list that has the focus is below the present one.</summary>
    public const string ArrowsTo =
        "choice => [...document.activeElement.options].findIndex(each => each.text === choice) - document.activeElement.selectedIndex";

    /// <summary>
    /// Finds controls that stand before what Tab reaches before them, or whose focus ring would be cut off where they are scrolled to, and
    /// notes from now on which ones the focus reaches, and whether one sees it.
    /// </summary>
    public const string Watch = Controls +
        """
            const looks = e => {
                const style = getComputedStyle(e);
                return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow].join();
            };
            const before = controls.map(looks);
            const watch = window.watch = { names: controls.map(e => `${nameOf(e)} (${e.localName})`), problems: [], reached: [] };
            const tell = (what, e) => watch.problems.push(`${what}: ${watch.names[controls.indexOf(e)] ?? e.outerHTML.slice(0, 120)}`);
            const boxes = controls.map(e => e.getBoundingClientRect());
            boxes.forEach((box, i) => {
                const last = boxes[i - 1];
                if (i > 1 && (box.bottom <= last.top && box.left < last.right || box.right <= last.left && box.top < last.bottom))
                    tell('comes after what stands behind it', controls[i]);
            });
            const ring = 5;
            for (const e of controls.slice(1)) {
                e.scrollIntoView({ block: 'nearest', inline: 'nearest' });
                const box = e.getBoundingClientRect();
                if (box.width < 2 || box.height < 2) tell('is not to be seen', e);
                for (let outer = e.parentElement; outer !== document.body; outer = outer.parentElement) {
                    const rim = outer.getBoundingClientRect();
                    if (getComputedStyle(outer).overflowX !== 'visible' && (box.top - ring < rim.top || box.left - ring < rim.left
                        || box.bottom + ring > rim.bottom || box.right + ring > rim.right)) tell('has a focus that is cut off', e);
                }
            }
            scrollTo(0, 0);
            document.addEventListener('focusin', ({ target }) => {
                const i = controls.indexOf(target);
                if (i < 0) tell('is no control', target);
                else if (looks(target) === before[i]) tell('has no visible focus', target);
                if (watch.reached.at(-1) !== i) watch.reached.push(i);
            });
        }
        """;

    /// <summary>What the focus reached since <see cref="Watch"/>, as JSON of a <see cref="FocusWatch"/>.</summary>
    public const string Watched = "() => JSON.stringify(window.watch)";
}
