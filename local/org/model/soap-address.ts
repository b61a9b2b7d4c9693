/** Where an org answers SOAP calls, as outbound messages and formulas say it. */
export function soapAddress({
  base,
  kind,
  version,
  organizationId,
}: {
  /** Address of the org, such as `http://127.0.0.1:8090`. */
  readonly base: string;
  /** `c` of the Enterprise, `u` of the Partner API. */
  readonly kind: 'c' | 'u';
  /** Such as `66.0`. */
  readonly version: string;
  readonly organizationId: string;
}): string {
  return `${base}/services/Soap/${kind}/${version}/${organizationId.slice(0, 15)}`;
}
