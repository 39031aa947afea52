import { isRecord } from "../message.ts";
import { readFen } from "./money.ts";
import type { FieldError } from "./reply.ts";
import { isDay } from "./time.ts";

/** What reading gives: the value, or everything that is wrong with it. */
export type Reading<Value> = { value: Value } | { errors: FieldError[] };

/** Reads a JSON value or a query parameter; `field` is what its errors name. */
export type Format<Value> = (raw: unknown, field: string) => Reading<Value>;

/** A format that must be there; `read` gives undefined for what is not of it. */
function format<Value>(read: (raw: unknown) => Value | undefined, message: string): Format<Value> {
  return (raw, field) => {
    if (isAbsent(raw)) return { errors: [{ field, message: "不能为空" }] };
    const value = read(raw);
    return value === undefined ? { errors: [{ field, message }] } : { value };
  };
}

/** The same, undefined when it is left out, null or empty. */
export function optional<Value>(inner: Format<Value>): Format<Value | undefined> {
  return (raw, field) => (isAbsent(raw) ? { value: undefined } : inner(raw, field));
}

/** A text of at most `longest` characters. */
export function text(longest: number): Format<string> {
  const isFine = (raw: unknown) => typeof raw === "string" && raw.trim() !== "" && raw.length <= longest;
  return format((raw) => (isFine(raw) ? String(raw) : undefined), `必须是1到${longest}个字符的文本`);
}

function matching(pattern: RegExp, message: string): Format<string> {
  return format((raw) => (typeof raw === "string" && pattern.test(raw) ? raw : undefined), message);
}

/** The identifiers of everything. */
export const uuid = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "必须是有效的UUID");
/** A mobile number. */
export const mobilePhone = matching(/^1[3-9]\d{9}$/, "手机号格式不正确");
/** Any number that can be called: 400-123-4567. */
export const phone = matching(/^\+?\d[\d-]{4,19}$/, "电话号码格式不正确");
/** The password of a new account. */
export const newPassword = matching(/^\S{6,64}$/, "密码必须是6到64位且不含空格");
/** A code that is told to somebody. */
export const sixDigits = matching(/^\d{6}$/, "必须是6位数字");
/** Where a picture is. */
export const webAddress = matching(/^https?:\/\/\S{1,2000}$/, "必须是有效的URL");

/** YYYY-MM-DD, a day that exists. */
export const day = format(
  (raw) => (typeof raw === "string" && isDay(raw) ? raw : undefined),
  "日期格式必须是YYYY-MM-DD",
);

/** A whole number of a JSON body. */
export function wholeNumber(from: number, to: number): Format<number> {
  const isFine = (raw: unknown) => Number.isInteger(raw) && Number(raw) >= from && Number(raw) <= to;
  return format((raw) => (isFine(raw) ? Number(raw) : undefined), `必须是${from}到${to}的整数`);
}

/** A whole number as a query has it. */
export function digits(from: number, to: number): Format<number> {
  const read = (raw: unknown) =>
    typeof raw === "string" && /^\d{1,9}$/.test(raw) ? Number(raw) : Number.NaN;
  return format(
    (raw) => (read(raw) >= from && read(raw) <= to ? read(raw) : undefined),
    `必须是${from}到${to}的整数`,
  );
}

/** A number of degrees in a JSON body. */
export function degrees(limit: number): Format<number> {
  const isFine = (raw: unknown) => typeof raw === "number" && Math.abs(raw) <= limit;
  return format((raw) => (isFine(raw) ? Number(raw) : undefined), `必须是-${limit}到${limit}的数字`);
}

/** A price of a JSON body: yuan with at most two places, above zero; read as fen. */
export const price = format((raw) => {
  const fen = typeof raw === "number" ? readFen(raw) : undefined;
  return fen === 0 ? undefined : fen;
}, "必须是大于0且最多两位小数的金额");

/** An amount of a query, in yuan; read as fen. */
export const amountText = format(
  (raw) => (typeof raw === "string" ? readFen(raw) : undefined),
  "必须是最多两位小数的金额",
);

/** A boolean of a JSON body. */
export const yesOrNo = format((raw) => (typeof raw === "boolean" ? raw : undefined), "必须是true或false");

/** One of a few texts or numbers; in a query, numbers are written as text. */
export function oneOf<Value extends string | number>(values: readonly Value[]): Format<Value> {
  return format((raw) => values.find((value) => value === raw), `必须是${values.join("、")}之一`);
}

/** One of a few numbers as a query has them. */
export function oneOfDigits<Value extends number>(values: readonly Value[]): Format<Value> {
  return format((raw) => values.find((value) => String(value) === raw), `必须是${values.join("、")}之一`);
}

/** A list of `from` to `to` entries, each of one format. */
export function listOf<Value>(inner: Format<Value>, from: number, to: number): Format<Value[]> {
  return (raw, field) => {
    if (!Array.isArray(raw) || raw.length < from || raw.length > to) {
      return { errors: [{ field, message: `必须是${from}到${to}项的数组` }] };
    }
    const readings = raw.map((one, index) => inner(one, `${field}[${index}]`));
    const errors = readings.flatMap((reading) => ("errors" in reading ? reading.errors : []));
    const values = readings.flatMap((reading) => ("value" in reading ? [reading.value] : []));
    return errors.length > 0 ? { errors } : { value: values };
  };
}

/** The values that a shape of formats reads. */
export type Shape<Values> = { [Name in keyof Values]: Format<Values[Name]> };

/** An object with these members; others are left out, as the document says nothing of them. */
export function object<Values extends Record<string, unknown>>(shape: Shape<Values>): Format<Values> {
  return (raw, field) => {
    if (!isRecord(raw)) return { errors: [{ field: field || "body", message: "必须是JSON对象" }] };
    const errors: FieldError[] = [];
    const values: Partial<Values> = {};
    for (const name in shape) {
      const reading = shape[name](raw[name], field === "" ? name : `${field}.${name}`);
      if ("errors" in reading) errors.push(...reading.errors);
      else values[name] = reading.value;
    }
    // every member of the shape was read, or there are errors
    return errors.length > 0 ? { errors } : { value: values as Values };
  };
}

function isAbsent(raw: unknown): boolean {
  return raw === undefined || raw === null || raw === "";
}
