// What the agent changed on its host, on its disk: whose an address or a value is survives the agent.
import type { HostSetting, InterfaceName, IpAddress, SettingName } from '@weir/model';
import type { HostFile } from '../disk/data-folder.ts';
import type { StoredFile } from '../disk/whole-file.ts';

interface SettingChange {
  readonly name: SettingName;
  /** What it is now. */
  readonly value: string;
  readonly set: string;
}

export class HostLedger {
  readonly #file: StoredFile<HostFile>;
  #known: HostFile;

  private constructor(file: StoredFile<HostFile>, known: HostFile) {
    this.#file = file;
    this.#known = known;
  }

  /** `life`: of the kernel. What Weir changed in another one is gone, and what is there now is somebody's own. */
  static async load(file: StoredFile<HostFile>, life: string): Promise<HostLedger> {
    const known = await file.read();
    return new HostLedger(file, known?.life === life ? known : { format: 1, life, vips: [], settings: [] });
  }

  hasVip(address: IpAddress, on: InterfaceName): boolean {
    return this.#known.vips.some((vip) => vip.address === address && vip.interface === on);
  }

  /** What a value was before Weir; null where Weir did not make it what it is. */
  before(name: SettingName, value: string): HostSetting['before'] {
    const entry = this.#known.settings.find((setting) => setting.name === name);
    return entry !== undefined && entry.set === value ? entry.before : null;
  }

  addVip(address: IpAddress, on: InterfaceName): Promise<void> {
    return this.#write({ ...this.#known, vips: [...this.#vipsWithout(address, on), { address, interface: on }] });
  }

  removeVip(address: IpAddress, on: InterfaceName): Promise<void> {
    return this.#write({ ...this.#known, vips: this.#vipsWithout(address, on) });
  }

  /** On the disk before it is made, and as before where that fails. Changed twice, a setting still remembers what it was at first. */
  async changeSetting({ name, value, set }: SettingChange, make: () => Promise<void>): Promise<void> {
    const known = this.#known;
    const before = this.before(name, value) ?? value;
    await this.#write({ ...known, settings: [...this.#settingsWithout(name), { name, before, set }] });
    try {
      await make();
    } catch (error) {
      await this.#write(known);
      throw error;
    }
  }

  forgetSetting(name: SettingName): Promise<void> {
    return this.#write({ ...this.#known, settings: this.#settingsWithout(name) });
  }

  #settingsWithout(name: SettingName): HostFile['settings'] {
    return this.#known.settings.filter((setting) => setting.name !== name);
  }

  #vipsWithout(address: IpAddress, on: InterfaceName): HostFile['vips'] {
    return this.#known.vips.filter((vip) => vip.address !== address || vip.interface !== on);
  }

  async #write(next: HostFile): Promise<void> {
    await this.#file.write(next);
    this.#known = next;
  }
}
