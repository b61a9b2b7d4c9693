/** As WooGatewayException. */
export class GatewayException extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const refusedPath = (message: string): GatewayException =>
  new GatewayException(403, 'GATEWAY_PATH_REFUSED', message);

export const refusedParameter = (message: string): GatewayException =>
  new GatewayException(400, 'GATEWAY_PARAMETER_REFUSED', message);

export const badBody = (message: string): GatewayException =>
  new GatewayException(400, 'GATEWAY_BAD_BODY', message);
