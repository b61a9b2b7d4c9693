import type { AskedName } from '../retrieve/asked.ts';
import type { RetrieveRequest } from '../retrieve/retrieves.ts';
import { childOf, childrenOf, type XmlElement } from '../xml/parse-xml.ts';

const textOf = (element: XmlElement | undefined, name: string): string =>
  (element && childOf(element, name)?.text.trim()) ?? '';

/** Parts of a request that the local org does not know. */
const strangers = ['packageNames', 'specificFiles', 'rootTypesWithDependencies'];

function askedIn(manifest: XmlElement | undefined): readonly AskedName[] {
  const types = manifest ? childrenOf(manifest, 'types') : [];
  return types.flatMap((one) =>
    childrenOf(one, 'members').map(({ text }) => ({
      type: textOf(one, 'name'),
      member: text.trim(),
    })),
  );
}

/** A retrieve as SOAP sends it, or the part of it that is not emulated. */
export function readRetrieve(
  operation: XmlElement,
): Omit<RetrieveRequest, 'by'> | { readonly stranger: string } {
  // jsforce writes request, the WSDL retrieveRequest.
  const request = childOf(operation, 'request') ?? childOf(operation, 'retrieveRequest');
  const stranger = strangers.find((name) => request && childOf(request, name));
  if (stranger !== undefined) return { stranger };
  const manifest = request && childOf(request, 'unpackaged');
  const version = textOf(manifest, 'version') || textOf(request, 'apiVersion');
  return {
    asked: askedIn(manifest),
    version: /\.0$/.test(version) ? version : `${version || '66'}.0`,
    singlePackage: textOf(request, 'singlePackage') === 'true',
  };
}
