import { nameProblem, textProblem } from '../names.ts';
import { refuse, type Rule } from '../rule.ts';

type SiteRule = Rule<'CspTrustedSite'>;

const textsFit: SiteRule = (draft) => {
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    description: textProblem('description', draft.body.description, 255),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

/** `https://shop.example`, `wss://…`, `https://*.shop.example`, with or without a path. */
const address = /^(https?|wss?):\/\/(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?(\/[^\s?#;,]*)?$/;

const addressIsGood: SiteRule = (draft) => {
  const { endpointUrl } = draft.body;
  return address.test(endpointUrl)
    ? []
    : refuse(
        draft,
        `Invalid URL: "${endpointUrl}"; it is such as https://shop.example`,
        'endpointUrl',
      );
};

const directives = [
  ...(['isApplicableToConnectSrc', 'isApplicableToFontSrc', 'isApplicableToFrameSrc'] as const),
  ...(['isApplicableToImgSrc', 'isApplicableToMediaSrc', 'isApplicableToStyleSrc'] as const),
];

const opensSomething: SiteRule = (draft) =>
  directives.some((directive) => draft.body[directive] === true)
    ? []
    : refuse(draft, `Select at least one CSP directive: ${directives.join(', ')}`);

/** What a trusted URL must fulfil. */
export const cspSiteRules: readonly SiteRule[] = [textsFit, addressIsGood, opensSomething];
