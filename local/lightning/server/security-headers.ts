/**
 * What an org's pages allow: scripts, calls, images and fonts of the org alone. A shop's images are blocked as
 * they are in an org without a Trusted URL for them.
 */
const pagePolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Files that users have uploaded must not run as part of the page. */
export const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': pagePolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};
