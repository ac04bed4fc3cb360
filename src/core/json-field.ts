/** A value inside parsed JSON together with where it stands, so that every complaint can name both. */
interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/** A value is not what it must be; the message names its path, what it is and what it must be. */
export class JsonFieldError extends Error {
  override readonly name = 'JsonFieldError';
}

export class JsonField {
  readonly value: unknown;
  /** Such as `detector.proposals.count`. */
  readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  fail(limit: string): never {
    throw new JsonFieldError(`${this.path} is ${described(this.value)}, must be ${limit}`);
  }

  at(name: string): JsonField {
    if (!isRecord(this.value)) this.fail('an object');
    const path = this.path === '' ? name : `${this.path}.${name}`;
    return new JsonField(this.value[name], path);
  }

  text(): string {
    if (typeof this.value !== 'string' || this.value.trim() === '') this.fail('a text that is not empty');
    return this.value;
  }

  oneOf<const Option extends string>(options: readonly Option[]): Option {
    const found = options.find((option) => option === this.value);
    return found ?? this.fail(options.map((option) => `"${option}"`).join(' or '));
  }

  number({ min = -Infinity, max = Infinity, integer = false }: NumberLimits = {}): number {
    const { value } = this;
    const fits = typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
    if (!fits || (integer && !Number.isInteger(value))) {
      const kind = integer ? 'a whole number' : 'a number';
      const lower = min === -Infinity ? '' : ` of at least ${min}`;
      const upper = max === Infinity ? '' : `${lower === '' ? ' of' : ' and'} at most ${max}`;
      this.fail(`${kind}${lower}${upper}`);
    }
    return value;
  }

  count(max = Infinity): number {
    return this.number({ min: 1, max, integer: true });
  }

  fraction(): number {
    return this.number({ min: 0, max: 1 });
  }

  flag(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.fail('true or false');
  }

  items(): readonly JsonField[] {
    if (!Array.isArray(this.value)) this.fail('a list');
    return this.value.map((item: unknown, index) => new JsonField(item, `${this.path}[${index}]`));
  }

  /** Names and values of an object, in its order. */
  entries(): readonly (readonly [string, JsonField])[] {
    if (!isRecord(this.value)) this.fail('an object');
    return Object.keys(this.value).map((name) => [name, this.at(name)]);
  }

  texts(): readonly string[] {
    const texts = this.items().map((item) => item.text());
    return texts.length > 0 ? texts : this.fail('a list with at least one text');
  }

  numbers(length?: number): readonly number[] {
    const numbers = this.items().map((item) => item.number());
    if (length !== undefined && numbers.length !== length) this.fail(`a list of ${length} numbers`);
    return numbers;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function described(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isRecord(value)) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
