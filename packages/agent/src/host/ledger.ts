// What the agent changed on its host, on its disk: whose an address or a value is survives the agent.
import type { HostSetting, InterfaceName, IpAddress, SettingName } from '@weir/model';
import type { HostFile } from '../disk/data-folder.ts';
import { MOST_VIPS } from '../disk/data-folder.ts';
import type { StoredFile } from '../disk/whole-file.ts';
import { HostRefusal } from './host-fault.ts';
import type { VipPlace } from './owners.ts';

interface SettingChange {
  readonly name: SettingName;
  /** What it is now. */
  readonly value: string;
  readonly set: string;
}

type Settings = HostFile['settings'];
type Vips = HostFile['vips'];

function settingsWithout(settings: Settings, name: SettingName): Settings {
  return settings.filter((setting) => setting.name !== name);
}

function vipsWithout(vips: Vips, places: readonly VipPlace[]): Vips {
  const gone = new Set(places.map(({ vip, interface: on }) => `${vip} ${on}`));
  return vips.filter(({ address, interface: on }) => !gone.has(`${address} ${on}`));
}

export class HostLedger {
  readonly #file: StoredFile<HostFile>;
  #known: HostFile;
  /** One change after the other, each of what the one before left. */
  #last: Promise<void> = Promise.resolve();

  private constructor(file: StoredFile<HostFile>, known: HostFile) {
    this.#file = file;
    this.#known = known;
  }

  /**
   * `life`: of the kernel. What Weir changed in another one is gone, and what is there now is somebody's own. So it is where the file does not
   * say which life it is of: an address that is still there says itself that it is Weir's, where the kernel keeps that.
   */
  static async load(file: StoredFile<HostFile>, life: string): Promise<HostLedger> {
    const known = await file.read();
    return new HostLedger(file, known?.life === life ? known : { format: 1, life, vips: [], settings: [] });
  }

  hasVip(address: IpAddress, on: InterfaceName): boolean {
    return this.#known.vips.some((vip) => vip.address === address && vip.interface === on);
  }

  /** Whether its link was told of it since it was put on. */
  isAnnounced(address: IpAddress, on: InterfaceName): boolean {
    return this.#known.vips.some((vip) => vip.address === address && vip.interface === on && vip.announced);
  }

  /** What a value was before Weir; null where Weir did not make it what it is. */
  before(name: SettingName, value: string): HostSetting['before'] {
    const entry = this.#known.settings.find((setting) => setting.name === name);
    return entry !== undefined && entry.set === value ? entry.before : null;
  }

  addVip(address: IpAddress, on: InterfaceName): Promise<void> {
    return this.#putVips([{ vip: address, interface: on }], false);
  }

  markAnnounced(places: readonly VipPlace[]): Promise<void> {
    return places.length === 0 ? Promise.resolve() : this.#putVips(places, true);
  }

  removeVip(address: IpAddress, on: InterfaceName): Promise<void> {
    return this.#change((known) => ({ ...known, vips: vipsWithout(known.vips, [{ vip: address, interface: on }]) }));
  }

  /** On the disk before it is made, and as before where that fails. Changed twice, a setting still remembers what it was at first. */
  async changeSetting({ name, value, set }: SettingChange, make: () => Promise<void>): Promise<void> {
    const entry = this.#known.settings.find((setting) => setting.name === name);
    const before = this.before(name, value) ?? value;
    await this.#change((known) => ({ ...known, settings: [...settingsWithout(known.settings, name), { name, before, set }] }));
    try {
      await make();
    } catch (error) {
      await this.#change((known) => ({ ...known, settings: [...settingsWithout(known.settings, name), ...(entry === undefined ? [] : [entry])] }));
      throw error;
    }
  }

  forgetSetting(name: SettingName): Promise<void> {
    return this.#change((known) => ({ ...known, settings: settingsWithout(known.settings, name) }));
  }

  #putVips(places: readonly VipPlace[], announced: boolean): Promise<void> {
    return this.#change((known) => {
      const vips = [...vipsWithout(known.vips, places), ...places.map(({ vip, interface: on }) => ({ address: vip, interface: on, announced }))];
      // What could not be read again is not written.
      if (vips.length > MOST_VIPS) throw new HostRefusal('limitReached', `${MOST_VIPS} VIPs of Weir are on this host already`);
      return { ...known, vips };
    });
  }

  #change(next: (known: HostFile) => HostFile): Promise<void> {
    const changed = this.#changeAfter(this.#last, next);
    this.#last = changed.catch(() => undefined);
    return changed;
  }

  async #changeAfter(others: Promise<void>, next: (known: HostFile) => HostFile): Promise<void> {
    await others;
    const changed = next(this.#known);
    await this.#file.write(changed);
    this.#known = changed;
  }
}
