// The component library: texts come in as props, data never does by itself. Styles: '@weir/ui/tokens.css'.
export { StatusGlyph, type Status, type StatusGlyphProps } from './marks/status-glyph.tsx';
export { Wire, type WireProps } from './marks/wire.tsx';
export { arrowHead, wireCurve, WirePath, type WirePathProps, type WirePoint } from './marks/wire-path.tsx';
export { Sparkline, type SparklineProps } from './marks/sparkline.tsx';
export { Kbd } from './marks/kbd.tsx';
export { Badge, type BadgeProps, type BadgeTone } from './marks/badge.tsx';

export { Button, type ButtonProps } from './controls/button.tsx';
export { buttonClass, type ButtonVariant } from './controls/button-class.ts';
export { Field, useFieldControl, type FieldProps } from './controls/field.tsx';
export { TextInput, type TextInputProps } from './controls/text-input.tsx';
export { NumberInput, type NumberInputProps } from './controls/number/number-input.tsx';
export { Select, type SelectOption, type SelectProps } from './controls/select.tsx';
export { Checkbox, type CheckboxProps } from './controls/checkbox.tsx';
export { Switch, type SwitchProps } from './controls/switch.tsx';
export { Copy, type CopyProps } from './controls/copy.tsx';
export { Menu, type MenuItem, type MenuProps } from './controls/menu.tsx';
export { Tabs, type Tab, type TabsProps } from './controls/tabs.tsx';

export { Panel, type PanelProps } from './surfaces/panel.tsx';
export { Notice, type NoticeAction, type NoticeDetails, type NoticeProps, type NoticeTone } from './surfaces/notice.tsx';
export { Empty, type EmptyProps } from './surfaces/empty.tsx';
export { Skeleton, type SkeletonProps } from './surfaces/skeleton.tsx';
export { Stale, type StaleProps } from './surfaces/stale.tsx';
export { Dialog, type DialogProps } from './surfaces/dialog.tsx';
export { backdropClass } from './surfaces/overlay.ts';
export { ConfirmDialog, type ConfirmDialogProps } from './surfaces/confirm-dialog.tsx';
export { ToastRegion, useToast, type ToastRegionProps, type ToastText } from './surfaces/toast.tsx';

export { DataTable, type DataTableProps, type TableSort } from './table/data-table.tsx';
export type { Column, SortValue } from './table/column.ts';

export { WalkPicture, type PictureHop, type PictureHost, type WalkPictureProps } from './walk/walk-picture.tsx';

export { TimeChart, type TimeChartProps, type TimeChartTexts, type TimeSeries } from './chart/time-chart.tsx';
export { TimeMarks, type TimeMarksProps, type TimeMarksTexts } from './chart/marks/time-marks.tsx';
export type { TimeMark } from './chart/marks/one-mark.tsx';
export type { SeriesTone } from './chart/lines/series-tone.ts';
export type { Point } from './chart/lines/rows.ts';
export type { TimeWindow } from './chart/axis/time-ticks.ts';

export {
  axisText, exactText, inUnit, quantityText, unitFor, unknownText, type Quantity, type Unit,
} from './format/quantity.ts';
export { ageText, clockText, durationText } from './format/duration.ts';
