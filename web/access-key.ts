/** Kept for this tab alone. */
const STORED_AS = 'tradegraph-access-key';

/** What a request sends where the server asks for keys; nothing where it does not. */
export function authorization(): { authorization?: string } {
  const key = sessionStorage.getItem(STORED_AS);
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

let asking = false;

/** Asks for a key after the server has refused; the next request sends it. Answers whether there is one now. */
export function askForKey(): boolean {
  if (asking) return false;
  asking = true;
  const key = window.prompt('This server asks for an access key (tg_...).')?.trim() ?? '';
  asking = false;
  if (key !== '') sessionStorage.setItem(STORED_AS, key);
  return key !== '';
}
