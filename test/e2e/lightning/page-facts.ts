import type { CDPSession, Page } from 'playwright-core';

/*
 * What can be read of a page by a program. Scripts run beside the page's own, where the DOM is as the browser has it:
 * the page's own scripts see of a component no more than its shadow lets them.
 */

/** Elements that are seen, those of our components with all that is in them. */
const SEEN = `
  const isOurs = (element) => element !== null && (/^c-/.test(element.localName) || isOurs(element.parentElement));
  const all = [...document.querySelectorAll('main *')].filter(isOurs);
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 1 && !element.closest('.slds-assistive-text');
  const ownText = (element) => [...element.childNodes]
    .filter(({ nodeType }) => nodeType === 3).map(({ data }) => data).join(' ').replace(/\\s+/g, ' ').trim();
  const seen = all.filter(isSeen);
`;

/** Texts of which a part cannot be read: cut off by what they are in, with nothing that says them whole. */
const CLIPPED = `(() => { ${SEEN}
  const isWhole = (element, text) => {
    for (let one = element; one; one = one.parentElement) {
      if ((one.getAttribute('title') ?? '').includes(text)) return true;
    }
    return false;
  };
  const cuts = (overflow) => overflow === 'hidden' || overflow === 'clip';
  const isCut = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const text = range.getBoundingClientRect();
    for (let box = element; box && box.localName !== 'main'; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      // For screen readers alone.
      if (edge.width <= 1) return false;
      if (cuts(overflowX) && (text.left < edge.left - 1 || text.right > edge.right + 1 || (box === element && box.scrollWidth > box.clientWidth + 1))) return true;
      if (cuts(overflowY) && (text.top < edge.top - 3 || text.bottom > edge.bottom + 3)) return true;
      if (/auto|scroll/.test(overflowX + overflowY)) return false;
    }
    return false;
  };
  return seen.filter((element) => ownText(element) && isCut(element) && !isWhole(element, ownText(element)))
    .map((element) => element.localName + ': ' + ownText(element));
})()`;

/** Controls that hang over the edge of the column that they are in. */
const HANGING_OVER = `(() => { ${SEEN}
  return seen.filter((one) => one.matches('button, input, select, textarea')).filter((one) => {
    const column = one.closest('[class*="slds-size_"]');
    if (!column) return false;
    const { left, right } = column.getBoundingClientRect();
    const edge = one.getBoundingClientRect();
    return edge.right > right + 1 || edge.left < left - 1;
  }).map((one) => one.outerHTML.slice(0, 160));
})()`;

/** Texts and what is said of elements, each once. */
const TEXTS = `(() => { ${SEEN}
  const said = ['aria-label', 'title', 'placeholder', 'alt'].flatMap((name) => all.map((one) => one.getAttribute(name)));
  return [...new Set([...seen.map(ownText), ...said])].filter(Boolean);
})()`;

/** Numbers the elements that the keyboard should reach, and says how many there are. */
const NUMBERED = `(() => { ${SEEN}
  const fits = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const groups = new Set();
  const reached = all.filter((one) => one.matches(fits) && !one.matches(':disabled, [tabindex="-1"]') &&
    one.checkVisibility({ visibilityProperty: true })).filter((one) => {
    if (one.type !== 'radio') return true;
    const isFirst = !groups.has(one.name);
    groups.add(one.name);
    return isFirst;
  });
  reached.forEach((one, at) => { one.setAttribute('data-reached-as', at); });
  return reached.map((one) => one.outerHTML.slice(0, 160));
})()`;

/** Which of them has the focus, and whether that can be seen; null for one of the page around them. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  const radio = one?.type === 'radio' && [...document.querySelectorAll('[data-reached-as]')].find(({ name, type }) => type === 'radio' && name === one.name);
  const number = (radio || one)?.getAttribute('data-reached-as') ?? null;
  const shows = (element) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  };
  const label = one?.labels?.[0];
  const isShown = [one, one?.parentElement, label, ...(label?.querySelectorAll('*') ?? []), one?.nextElementSibling].some(shows);
  return { number: number === null ? null : Number(number), isShown };
})()`;

/**
 * What sticks out of the window where the page is wider than it, the innermost alone: of our components, or of the page
 * around them. What lies in a box that scrolls makes no page wider.
 */
const STICKING_OUT = `(() => { ${SEEN}
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth === clientWidth) return [];
  const scrolls = (one) => one !== document.body && one !== null &&
    (/auto|scroll|hidden/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  const isOut = (one) => {
    const { left, right } = one.getBoundingClientRect();
    return (right > clientWidth + 1 || left < -1) && !scrolls(one.parentElement);
  };
  const out = [...document.body.querySelectorAll('*')].filter((one) => isOut(one) && ![...one.children].some(isOut));
  return [scrollWidth + ' pixels of ' + clientWidth, ...out.map((one) => one.outerHTML.slice(0, 160))];
})()`;

/** Boxes of our components of which a part is seen only by scrolling sideways. */
const SCROLLING = `(() => { ${SEEN}
  return seen.filter((one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX))
    .map((one) => one.outerHTML.slice(0, 160));
})()`;

/** Reads a page, which stays where it is, from a world of its own. */
export class PageFacts {
  readonly #page: Page;
  #world: Promise<World> | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** What makes the page wider than its window. */
  stickingOut(): Promise<readonly string[]> {
    return this.#read<readonly string[]>(STICKING_OUT);
  }

  scrollingSideways(): Promise<readonly string[]> {
    return this.#read<readonly string[]>(SCROLLING);
  }

  clipped(): Promise<readonly string[]> {
    return this.#read<readonly string[]>(CLIPPED);
  }

  texts(): Promise<readonly string[]> {
    return this.#read<readonly string[]>(TEXTS);
  }

  hangingOver(): Promise<readonly string[]> {
    return this.#read<readonly string[]>(HANGING_OVER);
  }

  /** Goes through the page by the Tab key. @returns what it does not reach, and what does not show that it has the focus */
  async unreached(): Promise<readonly string[]> {
    const names = await this.#read<readonly string[]>(NUMBERED);
    const left = new Set(names.keys());
    const hidden = new Set<number>();
    // Once around, from where the focus is: what the page has around our components comes in between.
    for (let press = 0; press < names.length + 100 && left.size > 0; press += 1) {
      await this.#page.keyboard.press('Tab');
      const { number, isShown } = await this.#read<Focus>(FOCUSED);
      if (number === null) continue;
      left.delete(number);
      if (!isShown) hidden.add(number);
    }
    const named = (numbers: Iterable<number>, what: string) =>
      [...numbers].map((number) => `${what}: ${names[number] ?? ''}`);
    return [...named(left, 'not reached'), ...named(hidden, 'focus is not seen')];
  }

  async #read<T>(expression: string): Promise<T> {
    const { session, contextId } = await (this.#world ??= this.#enter());
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails.exception));
    return result.value as T;
  }

  async #enter(): Promise<World> {
    const session = await this.#page.context().newCDPSession(this.#page);
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'facts',
    });
    return { session, contextId };
  }
}

interface World {
  readonly session: CDPSession;
  readonly contextId: number;
}

interface Focus {
  readonly number: number | null;
  readonly isShown: boolean;
}
