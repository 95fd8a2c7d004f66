export const answers = new Map<string, Promise<string>>();
export const kept = new Map<string, Promise<string>>();
export const renamed = new Map<string, Promise<string>>();

const byDefault = new Map<string, Promise<string>>();
export default byDefault;

export class Registry {
  readonly loading = new Map<string, Promise<string>>();
  readonly lasting = new Map<string, Promise<string>>();
}
