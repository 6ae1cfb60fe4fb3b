import type { ServerResponse } from 'node:http';

export interface ContentSecurity {
  /** Inline `style` attributes and elements: some libraries position things with them. */
  readonly inlineStyles: boolean;
  /** Base64 SHA-256 of the inline scripts that may run (an import map is one). */
  readonly scriptHashes?: readonly string[];
}

/** Headers under which a page reaches nothing but this server: no script, style, picture or connection from elsewhere. */
export function restrictToSelf(response: ServerResponse, { inlineStyles, scriptHashes = [] }: ContentSecurity): void {
  response.setHeader(
    'content-security-policy',
    [
      "default-src 'none'",
      ["script-src 'self'", ...scriptHashes.map((hash) => `'sha256-${hash}'`)].join(' '),
      `style-src 'self'${inlineStyles ? " 'unsafe-inline'" : ''}`,
      "img-src 'self' data:",
      "font-src 'self' data:",
      // Websockets of the same host and port are `self` too.
      "connect-src 'self'",
      "worker-src 'self'",
      "frame-src 'self'",
      "frame-ancestors 'self'",
      "base-uri 'self'",
      "form-action 'none'",
    ].join('; '),
  );
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
}
