// Written by scripts/event-tables.ts; do not edit.
export const SCHANNEL = {
  name: 'Schannel',
  events: `
~ __binLength CredContext:bin*__binLength ErrorCode:x32 ErrorState certificateContext:bin*__binLength Protocol:sz TargetName:sz AlertDesc CertFlags:x32 ErrorStatus binaryData:bin*__binLength pCertificateContext:bin*__binLength
36864 :
36887 : ~7
36888 : ^1 ~3 ~6
36873,36875,36885,36886,36896,36897,36898,36899 : CallerProcessId CallerProcessImageName:sz
36887@22000 : ^2 ~7
36888@22000 : ^3 ~3 ~6
36876@22000,36877@22000,36878@22000,36879@22000 : ^2 ~2 ~0 ~b
36884@22000 : ^2 Name:sz ~0 ~4
36912@22000 : ^2 Path:sz
36874@22000 : ^2 ~5
36872@22000 : ^2 Type:sz ~2 ~8 ~0 ~1
36870@22000 : ^4 ~9
36889@22000 : ^4 ~0 ~1
36871@22000 : ^3 ~3
36867@22000,36869@22000 : ^3 ~0 ~a
36881@22000,36882@22000,36883@22000 : ^2 ~0 ~4
36876,36877,36878,36879 : ~2 ~0 ~b
36928 : FailureReason:sz OCSPResponderURL:sz ThisUpdate:filetime NextUpdate:filetime ~0 Certificate:bin*__binLength
36865 : ModuleName:sz Error:x32
36884 : Name:sz ~0 ~4
36912 : Path:sz
36874 : ~5
36868 : Type:sz CSPName:sz CSPType KeyName:sz KeyType:sz KeyFlags:x32 ~0 EncodedCert:bin*__binLength
36872 : ^1 ~2 ~8 ~0 ~1
36870 : ^2 ~9
36889 : ^2 ~0 ~1
36871 : ^1 ~3
36880 : ^1 ~5 CipherSuite:x32 ExchangeStrength ContextHandle:ptr ~6 LocalCertSubjectName:sz RemoteCertSubjectName:sz
36867,36869 : ^1 ~0 ~a
36881,36882,36883 : ~0 ~4
`,
  maps: '',
};
