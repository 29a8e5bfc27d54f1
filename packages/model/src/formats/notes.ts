// Everything a report can say about a line. The words are the reader's: each code has its sentence in each language.

export const noteCodes = [
  // Of every format.
  'notTaken', 'unknownWord', 'misspelt', 'valueMissing', 'extraWords', 'notAnAddress', 'notAPort', 'notAMark', 'repeatedService', 'repeatedRealServer', 'tooManyServices',
  'tooManyVips', 'tooManyRealServers', 'markNeedsMatch',
  // How a service spreads its packets.
  'unknownScheduler', 'unknownFlag', 'flagNeedsScheduler', 'timeoutInvalid', 'timeoutTooLong', 'netmaskInvalid', 'netmaskNotContiguous', 'netmaskIsLength',
  'netmaskWithoutPersistence', 'unknownEngine', 'engineWithoutPersistence', 'onePacketNeedsUdp',
  // Real servers.
  'weightInvalid', 'weightAboveIpvsadm', 'thresholdInvalid', 'thresholdsCrossed', 'portOfService', 'familyNeedsTunnel', 'tunnelNeedsPort',
  'unknownTunnel', 'checksumNotForTunnel', 'tunnelWithoutTun',
  // ipvsadm.
  'notACommand', 'commandNotRead', 'optionNotRead', 'serviceMissing', 'realServerMissing', 'serviceNotBefore',
  // keepalived.conf: what is put in before it is read.
  'conditionNotMet', 'conditionUnknown', 'includeNotGiven', 'includeBehindCondition', 'parameterUnknown', 'parameterPredefined', 'sequenceInvalid',
  // keepalived.conf: blocks.
  'braceMissing', 'braceExtra', 'braceWithoutSpace', 'blockWithoutName', 'notInDefinition', 'insideLeftOut', 'vipHint', 'noSuchGroup', 'groupUnused',
  'protocolMissing', 'protocolChosen', 'unknownProtocol', 'unknownMethod', 'healthCheck', 'healthSetting', 'checkWithoutPath', 'intervalNotPositive',
  'retryNegative', 'nameInvalid', 'familyInvalid',
  // keepalived.conf: what is asked of real servers.
  'valueTaken', 'scriptByName', 'checkNotSayable', 'checkOfOthers', 'checkedAsOthers', 'tooManyChecks', 'settingWithoutCheck', 'sorryWithoutCheck', 'quorumByCount',
  'hysteresisNotBelowQuorum', 'ofAllRealServers',
] as const;
export type NoteCode = (typeof noteCodes)[number];
