// What is wrong with a file is found where it stands; the numbers are those of the table of known faults.
import { describe, expect, it } from 'vitest';
import { importDefinition } from './index.ts';
import type { Imported, ImportOptions, NoteCode, ReportOutcome } from './index.ts';

const none: ImportOptions = { configId: null, protocol: null };

function keepalived(text: string, options: Partial<ImportOptions> = {}): Imported {
  return importDefinition('keepalived', [{ name: 'keepalived.conf', text }], { ...none, ...options });
}

function ipvsadm(text: string): Imported {
  return importDefinition('ipvsadm', [{ name: 'rules', text }], none);
}

/** Line, outcome and code of everything that is said beyond "understood" and what becomes of health checks. */
function notesOf({ report }: Imported): string[] {
  const expected: readonly NoteCode[] = ['healthCheck', 'healthSetting', 'insideLeftOut', 'settingWithoutCheck', 'checkedAsOthers'];
  return report.flatMap(({ line, notes }) => notes.filter(({ code }) => !expected.includes(code)).map(({ outcome, code }) => `${line} ${outcome} ${code}`));
}

/** A virtual server with two real servers; the lines are put where they are named. */
function config({ server = [], first = [], head = 'virtual_server 10.0.0.1 80 {', protocol = ['protocol TCP'] }: {
  server?: string[]; first?: string[]; head?: string; protocol?: string[];
}): string {
  return [head, ...protocol, 'lvs_method NAT', ...server, 'real_server 10.9.0.10 80 {', ...first, '}', 'real_server 10.9.0.11 80 {', 'weight 2', '}', '}'].join('\n');
}

const where = (line: number, outcome: ReportOutcome, code: NoteCode): string => `${line} ${outcome} ${code}`;

describe('a fault in keepalived.conf', () => {
  it.each<[number: string, text: string, notes: string[], realServers: number]>([
    ['1', config({ server: ['lvs_sched wllc'] }), [where(4, 'approximated', 'unknownScheduler')], 2],
    ['2', config({ server: ['lb_kind DR'], first: ['weight 1'] }).replace('10.9.0.10 80', '10.9.0.10 8080'), [where(5, 'approximated', 'portOfService')], 2],
    ['3', `${config({})}\n${config({})}`, [where(10, 'leftOut', 'repeatedService')], 2],
    ['4', config({}).replace('10.9.0.11', '10.9.0.10'), [where(6, 'leftOut', 'repeatedRealServer')], 1],
    ['5', config({ server: ['lvs_method DR'] }).replace('10.9.0.10', 'fd00::10'), [where(5, 'understood', 'familyNeedsTunnel')], 2],
    ['6', config({ first: ['weight 70000'] }), [where(5, 'understood', 'weightAboveIpvsadm')], 2],
    ['7', config({ first: ['weight -1'] }), [where(5, 'approximated', 'weightInvalid')], 2],
    ['8', config({ first: ['lvs_method TUN type gue'] }), [where(5, 'leftOut', 'tunnelNeedsPort')], 1],
    ['9', config({ server: ['delay_loop 0'] }), [where(4, 'leftOut', 'intervalNotPositive')], 2],
    ['12', config({ server: ['slow_start 30'] }), [where(4, 'leftOut', 'unknownWord')], 2],
    ['15', config({ first: ['uthreshold 10', 'lthreshold 20'] }), [where(6, 'understood', 'thresholdsCrossed')], 2],
    ['16', config({ server: ['persistence_granularity 255.0.255.0'] }), [where(4, 'leftOut', 'netmaskNotContiguous')], 2],
    ['16 of no mask', config({ server: ['persistence_granularity wide'] }), [where(4, 'leftOut', 'netmaskWithoutPersistence')], 2],
    ['19', config({ first: ['TCP_CHECK {'] }), [where(4, 'approximated', 'braceMissing')], 2],
    ['21', config({ first: ['HTTP_GET {', 'url {', 'status_code 200', '}', '}'] }), [where(5, 'leftOut', 'checkWithoutPath')], 2],
    ['21 without url', config({ first: ['SSL_GET {', '}'] }), [where(5, 'leftOut', 'checkWithoutPath')], 2],
    ['23', config({ server: ['ops'] }), [where(4, 'leftOut', 'onePacketNeedsUdp')], 2],
    ['24', config({ server: ['lvs_sched wlc', 'sh-port'] }), [where(5, 'leftOut', 'flagNeedsScheduler')], 2],
    ['25', config({ server: ['lvs_sched mh', 'mh-prot'] }), [where(5, 'leftOut', 'misspelt')], 2],
    ['29', config({ protocol: [] }), [where(1, 'leftOut', 'protocolMissing')], 0],
    ['42', config({}).replace('10.9.0.11 80 {', '10.9.0.11 80{'), [where(6, 'approximated', 'braceWithoutSpace')], 2],
    ['43', config({}).replace('real_server 10.9.0.11', 'real_sever 10.9.0.11'), [where(6, 'leftOut', 'misspelt')], 1],
    ['45', config({ server: ['retry -2'] }), [where(4, 'leftOut', 'retryNegative')], 2],
  ])('number %s is found at its line', (_, text, notes, realServers) => {
    const imported = keepalived(text);
    expect(notesOf(imported)).toEqual(notes);
    expect(imported.definition.services.reduce((sum, service) => sum + service.realServers.length, 0)).toBe(realServers);
  });

  it('29: asks for the protocol, and takes the one that is chosen', () => {
    const imported = keepalived(config({ protocol: [] }), { protocol: 'sctp' });
    expect(notesOf(imported)).toEqual([where(1, 'approximated', 'protocolChosen')]);
    expect(imported.definition.services[0]?.match).toEqual({ kind: 'address', protocol: 'sctp', vip: '10.0.0.1', port: 80 });
  });

  it('29: keepalived needs no protocol for a mark', () => {
    const imported = keepalived(config({ protocol: [], head: 'virtual_server fwmark 7 {' }));
    expect(notesOf(imported)).toEqual([where(1, 'approximated', 'markNeedsMatch')]);
    expect(imported.definition.services[0]?.match).toEqual({ kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: [], ports: [] });
  });

  it('19: what follows a block that was not closed is read all the same', () => {
    const imported = keepalived(`${config({ first: ['TCP_CHECK {'] })}\n${config({ head: 'virtual_server 10.0.0.2 80 {' })}\n}`);
    expect(imported.definition.services.map(({ name, realServers }) => [name, realServers.length])).toEqual([['10.0.0.1:80', 2], ['10.0.0.2:80', 2]]);
    expect(notesOf(imported)).toEqual([where(4, 'approximated', 'braceMissing'), where(20, 'leftOut', 'braceExtra')]);
  });

  it('1: says which schedulers there are', () => {
    const [line] = keepalived(config({ server: ['lvs_sched wllc'] })).report.filter(({ notes }) => notes.length > 0);
    expect(line?.notes).toEqual([{
      outcome: 'approximated', code: 'unknownScheduler',
      params: { scheduler: 'wllc', taken: 'wlc', known: 'rr, wrr, lc, wlc, fo, ovf, lblc, lblcr, dh, sh, mh, sed, nq' },
    }]);
  });

  it.each<[what: string, text: string, notes: string[]]>([
    ['an address that is none', config({ head: 'virtual_server web 80 {' }), [where(1, 'leftOut', 'notAnAddress')]],
    ['a group that nobody defines', config({ head: 'virtual_server group WEB {' }), [where(1, 'leftOut', 'noSuchGroup')]],
    ['a group that nobody uses', 'virtual_server_group WEB {\n10.0.0.1 80\n}', [where(1, 'leftOut', 'groupUnused')]],
    ['a mark that is none', config({ head: 'virtual_server fwmark 0 {' }), [where(1, 'leftOut', 'notAMark')]],
    ['a method that is none', config({ server: ['lvs_method FULLNAT'] }), [where(4, 'leftOut', 'unknownMethod')]],
    ['an include without its file', 'include /etc/keepalived/web.conf', [where(1, 'leftOut', 'includeNotGiven')]],
    ['an include behind a condition', '@lb1 include web.conf', [where(1, 'leftOut', 'includeBehindCondition')]],
    ['a condition of an unknown host', '@lb1 child_wait_time 5', [where(1, 'leftOut', 'conditionUnknown')]],
    ['a parameter that nobody defines', config({ first: ['weight ${W}'] }), [where(5, 'understood', 'parameterUnknown'), where(5, 'approximated', 'weightInvalid')]],
    ['a sequence that is none', '~SEQ(A) virtual_server 10.0.0.$A 80', [where(1, 'leftOut', 'sequenceInvalid')]],
    ['a second statement on a line', config({ first: ['weight 2 uthreshold 5'] }), [where(5, 'approximated', 'extraWords')]],
    ['a block without a name', '{\nweight 1\n}', [where(1, 'leftOut', 'blockWithoutName'), where(1, 'leftOut', 'unknownWord')]],
    ['a definition that nobody uses', '$RS= \\\nweight 1', [where(2, 'leftOut', 'notTaken')]],
  ])('is named: %s', (_, text, notes) => expect(notesOf(keepalived(text))).toEqual(notes));
});

describe('a fault in the words of ipvsadm', () => {
  const service = '-A -t 10.0.0.1:80 -s wlc';
  it.each<[number: string, lines: string[], notes: string[]]>([
    ['1', ['-A -t 10.0.0.1:80 -s twos'], [where(1, 'approximated', 'unknownScheduler')]],
    ['2', [service, '-a -t 10.0.0.1:80 -r 10.9.0.10:8080 -g'], [where(2, 'approximated', 'portOfService')]],
    ['3', [service, service], [where(2, 'leftOut', 'repeatedService')]],
    ['4', [service, '-a -t 10.0.0.1:80 -r 10.9.0.10:80 -m', '-a -t 10.0.0.1:80 -r 10.9.0.10:80 -m'], [where(3, 'leftOut', 'repeatedRealServer')]],
    ['5', [service, '-a -t 10.0.0.1:80 -r [fd00::10]:80 -g'], [where(2, 'understood', 'familyNeedsTunnel')]],
    ['6', [service, '-a -t 10.0.0.1:80 -r 10.9.0.10:80 -m -w 70000'], [where(2, 'understood', 'weightAboveIpvsadm')]],
    ['7', [service, '-a -t 10.0.0.1:80 -r 10.9.0.10:80 -m -w -1'], [where(2, 'approximated', 'weightInvalid')]],
    ['8', [service, '-a -t 10.0.0.1:80 -r 10.9.0.10:80 -i --tun-type gue'], [where(2, 'leftOut', 'tunnelNeedsPort')]],
    ['16', [`${service} -M 255.0.255.0`], [where(1, 'approximated', 'netmaskNotContiguous'), where(1, 'approximated', 'netmaskWithoutPersistence')]],
    ['23', [`${service} -o`], [where(1, 'approximated', 'onePacketNeedsUdp')]],
    ['24', [`${service} -b sh-port`], [where(1, 'approximated', 'flagNeedsScheduler')]],
    ['25', ['-A -t 10.0.0.1:80 -s mh -b mh-prot'], [where(1, 'approximated', 'misspelt')]],
    ['of a flag that is none', ['-A -t 10.0.0.1:80 -s mh -b fallback-to-nobody'], [where(1, 'approximated', 'unknownFlag')]],
    ['29', ['-A 10.0.0.1:80 -s wlc'], [where(1, 'approximated', 'optionNotRead'), where(1, 'leftOut', 'serviceMissing')]],
    ['of a name', ['-A -t web:http -s wlc'], [where(1, 'leftOut', 'notAnAddress')]],
    ['of a service that comes later', ['-a -t 10.0.0.1:80 -r 10.9.0.10:80 -m', service], [where(1, 'leftOut', 'serviceNotBefore')]],
    ['of a line that says nothing', ['hello'], [where(1, 'leftOut', 'notACommand')]],
    ['of a line that ends too early', ['-A -t'], [where(1, 'leftOut', 'valueMissing')]],
  ])('number %s is found at its line', (_, lines, notes) => expect(notesOf(ipvsadm(lines.join('\n')))).toEqual(notes));
});
