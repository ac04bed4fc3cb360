/**
 * What may be asked of the frame from outside, checked before anything is done: anybody can write the frame's address,
 * name himself in it as `origin`, and send whatever he likes.
 */
import { ATTRIBUTES, CHOICES, type AttributeName } from '../attributes.ts';
import { parsePictureOptions } from '../draw-picture.ts';
import { MAX_QUESTION, parseSelection } from '../element-state.ts';
import { fieldsOf, oneOf, said, textOf } from '../shape.ts';
import type { FrameRequest } from './frame-protocol.ts';

/** The worker is a script, and which one runs here is for this site alone to say. */
export type FrameAttribute = Exclude<AttributeName, 'worker'>;

export const FRAME_ATTRIBUTES = ATTRIBUTES.filter((name): name is FrameAttribute => name !== 'worker');

const MAX_TEXT = 2000;
/** A photo of some megabytes as `data:`. */
const MAX_ADDRESS = 20_000_000;
const SCHEMES: Readonly<Record<string, readonly string[]>> = {
  src: ['http:', 'https:', 'data:', 'blob:'],
  record: ['http:', 'https:', 'data:', 'blob:'],
  pack: ['http:', 'https:'],
};

/**
 * An attribute of the element as a page outside gives it; a value of null takes it away.
 * @param base what an address is relative to
 * @throws TypeError for any attribute but the documented ones, and for a value that is none of its values.
 */
export function parseFrameAttribute(
  givenName: unknown,
  given: unknown,
  base: string,
): { readonly name: FrameAttribute; readonly value: string | null } {
  const name = oneOf(FRAME_ATTRIBUTES, givenName, 'the name of the attribute');
  if (given === null) return { name, value: null };
  const schemes = SCHEMES[name];
  const value = textOf(given, name, schemes ? MAX_ADDRESS : MAX_TEXT);
  if (schemes && value.trim() !== '') {
    const protocol = URL.canParse(value, base) ? new URL(value, base).protocol : '';
    if (!schemes.includes(protocol))
      throw new TypeError(`${name} is ${said(value)}, must be an address with ${schemes.join(', ')}`);
  }
  const choices = CHOICES[name];
  return { name, value: choices ? oneOf(choices, value.trim().toLowerCase(), name) : value };
}

/** @throws TypeError naming what is not as the documentation has it. */
export function parseRequest(message: unknown, base: string): FrameRequest {
  const { id, method, params } = fieldsOf(message, 'the message');
  if (typeof id !== 'number') throw new TypeError(`the message’s id is ${said(id)}, must be a number`);
  switch (method) {
    case 'load':
    case 'exportState':
      return { id, method, params: null };
    case 'ask':
      return { id, method, params: textOf(params, 'question', MAX_QUESTION) };
    case 'select':
      return { id, method, params: parseSelection(params) };
    case 'importState':
      return { id, method, params };
    case 'toBlob':
      return { id, method, params: parsePictureOptions(params) };
    case 'setPhoto':
      if (params === null || params instanceof Blob) return { id, method, params };
      throw new TypeError(`photo is ${said(params)}, must be a Blob or null`);
    case 'setAttribute': {
      const { name, value } = fieldsOf(params, 'setAttribute');
      return { id, method, params: parseFrameAttribute(name, value, base) };
    }
    default:
      throw new TypeError(`the frame has no method ${said(method)}`);
  }
}
