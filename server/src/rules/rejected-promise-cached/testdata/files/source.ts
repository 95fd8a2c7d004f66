export async function fetchText(key: string): Promise<string> {
  const response = await fetch(key);
  return response.text();
}

export async function textOrNothing(key: string): Promise<string> {
  try {
    return await fetchText(key);
  } catch {
    return '';
  }
}
