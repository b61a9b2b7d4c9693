import type { WorkflowOutboundMessage } from '@salesforce/types/metadata';
import type { Component } from '../model/deploy-target.ts';

/** An outbound message as it was deployed. */
export interface OutboundMessage {
  readonly object: string;
  readonly endpointUrl: string;
  readonly fields: readonly string[];
  /** User name whose rights decide what the message carries. */
  readonly integrationUser: string;
  /** `66.0` */
  readonly version: string;
}

/**
 * The outbound message of that full name, such as `Product2.Woo_Product`.
 * @throws Error with a sentence where there is none
 */
export function outboundMessage(components: readonly Component[], name: string): OutboundMessage {
  const found = components.find(
    (one) => one.type === 'WorkflowOutboundMessage' && one.fullName === name,
  );
  if (!found) throw new Error('no such outbound message is deployed');
  const body = found.body as WorkflowOutboundMessage;
  return {
    object: name.slice(0, name.indexOf('.')),
    endpointUrl: body.endpointUrl,
    fields: body.fields,
    integrationUser: body.integrationUser,
    version: body.apiVersion.toFixed(1),
  };
}
