/** The tokens of JSON that tell where members are; numbers and words between them tell nothing. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:]/gs;

/** Whether an object in a text of JSON has two members of one name, of which a reader would keep the last unasked. */
export function hasRepeatedMember(json: string): boolean {
  const open: Set<string>[] = [];
  let text = "";
  for (const [token] of json.matchAll(tokens)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token !== ":") text = token;
    else if (isKnown(open.at(-1), String(JSON.parse(text)))) return true;
  }
  return false;
}

/** Whether a name was there before; it is afterwards. */
function isKnown(names: Set<string> | undefined, name: string): boolean {
  const isRepeated = names?.has(name) ?? false;
  names?.add(name);
  return isRepeated;
}
