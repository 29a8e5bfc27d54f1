// A sample as it comes over the wire.
import type { Sample } from '@weir/model';
import { encodeTick, packTick } from '@weir/protocol';
import type { PackedSample } from '@weir/protocol';

export function packed(sample: Sample): PackedSample {
  const tick = packTick(encodeTick('boot', 0, sample), null);
  if (tick === null) throw new Error('no sample');
  return tick.sample;
}
