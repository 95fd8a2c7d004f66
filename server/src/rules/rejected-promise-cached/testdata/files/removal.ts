import entries, { kept, type Registry } from './store';
import { texts } from './names';

export function forget(key: string, registry: Registry): void {
  kept.delete(key);
  entries.delete(key);
  texts.delete(key);
  registry.loading.delete(key);
}
