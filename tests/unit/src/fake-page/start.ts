import './fake-bridge.ts'
import '../../../../src/main.ts'
